import {
  choice,
  day,
  onCard,
  optional,
  seedAuthorities,
  seedCode,
  seedType,
  sensitive,
  sexes,
  text,
} from './catalogue-seed-fields.ts';
import type { CertificateType } from './certificate-type.ts';

const { organB, institutionC } = seedAuthorities;

const socialSecurityCard = seedType({
  code: seedCode('008'),
  name: { zh: '社会保障卡', en: 'Social security card' },
  issuers: [organB],
  issuingLevel: 'prefecture',
  validity: { kind: 'years', years: 10 },
  photoProfile: 'id-card',
  look: { colour: 'jade', icon: 'shield' },
  relatedItems: [{ code: 'SYN-0011', name: '社会保障卡启用' }],
  fields: [
    text('bank', ['合作银行', 'Partner bank'], 60, onCard),
    text('bankCardTail', ['银行账号末四位', 'Last four digits of the bank account'], 4, sensitive),
    text('servicePhone', ['服务电话', 'Service telephone'], 20, optional),
    // The virtual card (电子社保卡) beside the plastic one.
    choice(
      'virtualCardState',
      ['电子社保卡状态', 'State of the virtual card'],
      [
        ['已签发', 'issued'],
        ['未签发', 'not issued'],
        ['已停用', 'disabled'],
      ],
      onCard,
    ),
    text('virtualCardNumber', ['电子社保卡签发号', 'Number of the virtual card'], 40, {
      ...sensitive,
      ...optional,
    }),
    day('virtualCardIssuedOn', ['电子社保卡签发日期', 'Virtual card issued on'], optional),
  ],
});

const disabilityCertificate = seedType({
  code: seedCode('010'),
  name: { zh: '残疾人证', en: 'Disability certificate' },
  issuers: [organB],
  issuingLevel: 'county',
  validity: { kind: 'years', years: 10 },
  photoProfile: 'id-card',
  look: { colour: 'violet', icon: 'heart' },
  relatedItems: [{ code: 'SYN-0012', name: '残疾人证换领' }],
  fields: [
    choice('sex', ['性别', 'Sex'], sexes),
    choice(
      'category',
      ['残疾类别', 'Category'],
      [
        ['视力', 'sight'],
        ['听力', 'hearing'],
        ['言语', 'speech'],
        ['肢体', 'limbs'],
        ['智力', 'intellect'],
        ['精神', 'mind'],
        ['多重', 'multiple'],
      ],
      sensitive,
    ),
    choice(
      'grade',
      ['残疾等级', 'Grade'],
      [
        ['一级', 'first'],
        ['二级', 'second'],
        ['三级', 'third'],
        ['四级', 'fourth'],
      ],
      sensitive,
    ),
    text('address', ['住址', 'Address'], 120, sensitive),
    text('guardian', ['监护人', 'Guardian'], 50, { ...sensitive, ...optional }),
    text('guardianPhone', ['监护人联系电话', 'Telephone of the guardian'], 20, { ...sensitive, ...optional }),
  ],
});

const degreeCertificate = seedType({
  code: seedCode('011'),
  name: { zh: '学位证书', en: 'Degree certificate' },
  issuers: [institutionC],
  issuingLevel: 'other',
  validity: { kind: 'for-good' },
  photoProfile: 'id-card',
  look: { colour: 'indigo', icon: 'cap' },
  relatedItems: [{ code: 'SYN-0013', name: '人才引进落户' }],
  fields: [
    choice('sex', ['性别', 'Sex'], sexes),
    day('birthDate', ['出生日期', 'Date of birth'], sensitive),
    choice(
      'level',
      ['学位级别', 'Level'],
      [
        ['学士', 'bachelor'],
        ['硕士', 'master'],
        ['博士', 'doctor'],
      ],
      onCard,
    ),
    text('discipline', ['学科门类', 'Discipline'], 40, onCard),
    text('major', ['专业', 'Major'], 80),
    text('institution', ['学位授予单位', 'Institution'], 80, onCard),
    text('committeeChair', ['学位评定委员会主席', 'Chair of the degree committee'], 50),
  ],
});

export const welfareTypes: readonly CertificateType[] = [
  socialSecurityCard,
  disabilityCertificate,
  degreeCertificate,
];
