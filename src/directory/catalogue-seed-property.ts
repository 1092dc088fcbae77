import {
  choice,
  day,
  onCard,
  optional,
  seedAuthorities,
  seedCode,
  seedType,
  sensitive,
  text,
} from './catalogue-seed-fields.ts';
import type { CertificateType } from './certificate-type.ts';

const { organA, organB } = seedAuthorities;

const businessLicence = seedType({
  code: seedCode('006'),
  version: 2,
  name: { zh: '营业执照', en: 'Business licence' },
  holderCategory: 'legal',
  issuers: [organB],
  issuingLevel: 'county',
  validity: { kind: 'given' },
  look: { colour: 'amber', icon: 'building' },
  relatedItems: [{ code: 'SYN-0008', name: '公司变更登记' }],
  fields: [
    text('enterpriseType', ['类型', 'Type of enterprise'], 60, onCard),
    text('legalRepresentative', ['法定代表人', 'Legal representative'], 50, onCard),
    // Beyond what is printed: by it the representative's account opens the organisation.
    text('legalRepresentativeNumber', ['法定代表人证件号码', 'ID number of the legal representative'], 32, {
      ...sensitive,
      ...optional,
    }),
    // As printed: a sum in words with its currency, 壹佰万元整.
    text('registeredCapital', ['注册资本', 'Registered capital'], 60),
    day('establishedOn', ['成立日期', 'Date of establishment']),
    text('domicile', ['住所', 'Domicile'], 200),
    text('businessScope', ['经营范围', 'Business scope'], 2000),
    text('registrationOffice', ['登记机关', 'Registration office'], 80),
  ],
});

const realEstateCertificate = seedType({
  code: seedCode('007'),
  name: { zh: '不动产权证书', en: 'Real-estate ownership certificate' },
  // The co-owners (共有人) are holders each.
  mostHolders: 20,
  issuers: [organA, organB],
  issuingLevel: 'county',
  validity: { kind: 'for-good' },
  look: { colour: 'crimson', icon: 'key' },
  // Met in a real-estate registration system.
  officialCode: '11100000MB03271699001',
  relatedItems: [
    { code: 'SYN-0009', name: '不动产转移登记' },
    { code: 'SYN-0010', name: '不动产抵押登记' },
  ],
  fields: [
    choice(
      'ownership',
      ['共有情况', 'Form of ownership'],
      [
        ['单独所有', 'sole'],
        ['共同共有', 'joint'],
        ['按份共有', 'by shares'],
      ],
      onCard,
    ),
    text('shares', ['共有份额', 'Shares'], 200, { ...sensitive, ...optional }),
    text('location', ['坐落', 'Location'], 200, sensitive),
    text('unitNumber', ['不动产单元号', 'Real-estate unit number'], 40, sensitive),
    text('rightType', ['权利类型', 'Type of right'], 80, onCard),
    text('rightNature', ['权利性质', 'Nature of the right'], 80),
    text('purpose', ['用途', 'Purpose'], 80, onCard),
    text('area', ['面积', 'Area'], 120),
    text('usePeriod', ['使用期限', 'Period of use'], 120),
    text('otherRights', ['权利其他状况', 'Other state of the right'], 500, optional),
    text('notes', ['附记', 'Notes'], 500, optional),
  ],
});

export const propertyTypes: readonly CertificateType[] = [businessLicence, realEstateCertificate];
