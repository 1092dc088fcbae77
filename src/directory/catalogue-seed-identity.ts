import {
  choice,
  day,
  onCard,
  optional,
  rows,
  seedAuthorities,
  seedCode,
  seedType,
  sensitive,
  sexes,
  text,
} from './catalogue-seed-fields.ts';
import type { CertificateType } from './certificate-type.ts';

const { organA } = seedAuthorities;

const residentIdCard = seedType({
  code: seedCode('001'),
  name: { zh: '居民身份证', en: 'Resident identity card' },
  issuers: [organA],
  issuingLevel: 'county',
  // Five, ten or twenty years or for good by the holder's age; the authority gives the day.
  validity: { kind: 'given' },
  photoProfile: 'id-card',
  look: { colour: 'azure', icon: 'person' },
  // Met in three systems with holders by citizen number; that it means this card is inferred from their use.
  officialCode: '11100000000013127D001',
  relatedItems: [
    { code: 'SYN-0001', name: '居民身份证换领' },
    { code: 'SYN-0002', name: '居民身份证补领' },
  ],
  fields: [
    choice('sex', ['性别', 'Sex'], sexes, onCard),
    text('ethnicGroup', ['民族', 'Ethnic group'], 20, onCard),
    day('birthDate', ['出生日期', 'Date of birth'], sensitive),
    text('address', ['住址', 'Address'], 120, sensitive),
    text('issuingOffice', ['签发机关', 'Issuing office'], 80),
  ],
});

const householdBook = seedType({
  code: seedCode('002'),
  name: { zh: '居民户口簿', en: 'Household register book' },
  issuers: [organA],
  issuingLevel: 'township',
  validity: { kind: 'for-good' },
  look: { colour: 'crimson', icon: 'home' },
  relatedItems: [{ code: 'SYN-0003', name: '户口登记项目变更' }],
  fields: [
    choice(
      'householdKind',
      ['户别', 'Kind of household'],
      [
        ['家庭户', 'family household'],
        ['集体户', 'collective household'],
      ],
      onCard,
    ),
    text('householdNumber', ['户号', 'Household number'], 20, sensitive),
    text('address', ['住址', 'Address'], 120, sensitive),
    text('registrationOffice', ['户口登记机关', 'Registration office'], 80),
    rows(
      'members',
      ['家庭成员', 'Members of the household'],
      30,
      [
        text('name', ['姓名', 'Name'], 50, sensitive),
        text('relation', ['与户主关系', 'Relation to the head'], 20),
        choice('sex', ['性别', 'Sex'], sexes),
        text('ethnicGroup', ['民族', 'Ethnic group'], 20),
        day('birthDate', ['出生日期', 'Date of birth'], sensitive),
        text('birthPlace', ['出生地', 'Place of birth'], 60, { ...sensitive, ...optional }),
        text('nativePlace', ['籍贯', 'Native place'], 60, optional),
        text('citizenNumber', ['公民身份号码', 'Citizen ID number'], 18, { ...sensitive, ...optional }),
        text('education', ['文化程度', 'Education'], 20, optional),
        choice(
          'maritalStatus',
          ['婚姻状况', 'Marital status'],
          [
            ['未婚', 'single'],
            ['已婚', 'married'],
            ['丧偶', 'widowed'],
            ['离婚', 'divorced'],
          ],
          { ...sensitive, ...optional },
        ),
        text('movedInFrom', ['何时由何地迁来本址', 'Moved in when and from where'], 120, {
          ...sensitive,
          ...optional,
        }),
      ],
      sensitive,
    ),
  ],
});

export const identityTypes: readonly CertificateType[] = [residentIdCard, householdBook];
