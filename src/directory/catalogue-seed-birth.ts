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
  whole,
} from './catalogue-seed-fields.ts';
import type { CertificateType } from './certificate-type.ts';

const { organB, institutionC } = seedAuthorities;

const marriageCertificate = seedType({
  code: seedCode('005'),
  name: { zh: '结婚证', en: 'Marriage certificate' },
  leastHolders: 2,
  mostHolders: 2,
  issuers: [organB],
  issuingLevel: 'county',
  validity: { kind: 'for-good' },
  look: { colour: 'crimson', icon: 'rings' },
  relatedItems: [{ code: 'SYN-0004', name: '生育登记' }],
  fields: [
    day('registeredOn', ['登记日期', 'Date of registration'], onCard),
    text('registrationOffice', ['婚姻登记机关', 'Marriage registration office'], 80, onCard),
    text('registrar', ['婚姻登记员', 'Registrar'], 50),
    text('remarks', ['备注', 'Remarks'], 200, optional),
  ],
});

/** Of a parent: name, citizen number or other, ethnic group. */
const parent = (prefix: 'mother' | 'father', zh: string, en: string, marks: object) => [
  text(`${prefix}Name`, [`${zh}姓名`, `Name of the ${en}`], 50, { ...sensitive, ...marks }),
  text(`${prefix}IdNumber`, [`${zh}身份证件号码`, `ID number of the ${en}`], 32, { ...sensitive, ...marks }),
  text(`${prefix}EthnicGroup`, [`${zh}民族`, `Ethnic group of the ${en}`], 20, optional),
];

const birthCertificate = seedType({
  code: seedCode('009'),
  name: { zh: '出生医学证明', en: 'Medical certificate of birth' },
  issuers: [institutionC],
  issuingLevel: 'county',
  validity: { kind: 'for-good' },
  look: { colour: 'jade', icon: 'cradle' },
  relatedItems: [{ code: 'SYN-0005', name: '出生登记' }],
  fields: [
    choice('sex', ['性别', 'Sex'], sexes, onCard),
    day('birthDate', ['出生日期', 'Date of birth'], sensitive),
    text('birthTime', ['出生时间', 'Time of birth'], 10, { ...sensitive, ...optional }),
    text('birthPlace', ['出生地点', 'Place of birth'], 120, sensitive),
    text('medicalInstitution', ['接生机构', 'Medical institution'], 80, onCard),
    whole('gestationWeeks', ['出生孕周', 'Weeks of gestation'], [20, 45], sensitive),
    whole('weightGrams', ['出生体重（克）', 'Weight at birth in grams'], [200, 8000], sensitive),
    whole('lengthCentimetres', ['出生身长（厘米）', 'Length at birth in centimetres'], [20, 70], sensitive),
    ...parent('mother', '母亲', 'mother', {}),
    ...parent('father', '父亲', 'father', optional),
  ],
});

export const birthTypes: readonly CertificateType[] = [marriageCertificate, birthCertificate];
