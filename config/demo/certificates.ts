/**
 * The certificates of the demo: invented, as their holders are. Each is what an authority's machine would send to be
 * issued; the authorities and the codes of types are the synthetic ones of the catalogue the instance begins with.
 */
import { cityB } from './cities.ts';
import { demoCompany } from './organisations.ts';
import { type DemoPerson, demoHome, demoPeople } from './people.ts';

/** A certificate to issue, in the directory's own words. */
export interface DemoCertificate {
  issuer: { code: string; name: string };
  areaCode: string;
  typeCode: string;
  serial: string;
  number: string;
  holders: { type: string; code: string; name: string }[];
  dates: { issuedOn: string; validUntil?: string };
  fields: Record<string, string>;
  /** Whose photo it carries, by the index in `demoPeople`; null for a type without one. */
  photoOf: number | null;
}

const police = { code: '11999999000000019M', name: cityB.police.zh };
const registry = { code: '11999999000000027G', name: cityB.services.zh };
const typeOf = (serial: string): string => `${police.code}${serial}`;

const address = (index: number): string => `示例省${demoHome.name}和平路${index + 1}号`;
const birthDateOf = ({ number }: DemoPerson): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
const sexOf = ({ number }: DemoPerson): string => (Number(number[16]) % 2 === 1 ? '男' : '女');
const holderOf = ({ number, name }: DemoPerson) => ({ type: '111', code: number, name });
const serialOf = (kind: string, index: number): string => `${kind}2026${String(index + 1).padStart(5, '0')}`;

const idCard = (person: DemoPerson, index: number): DemoCertificate => ({
  issuer: police,
  areaCode: demoHome.code,
  typeCode: typeOf('001'),
  serial: serialOf('ID', index),
  number: person.number,
  holders: [holderOf(person)],
  dates: { issuedOn: '2022-03-01', validUntil: '2042-03-01' },
  fields: {
    sex: sexOf(person),
    ethnicGroup: '汉',
    birthDate: birthDateOf(person),
    address: address(index),
    issuingOffice: cityB.police.zh,
  },
  photoOf: index,
});

const drivingLicence = (person: DemoPerson, index: number): DemoCertificate => ({
  issuer: police,
  areaCode: demoHome.code,
  typeCode: typeOf('003'),
  serial: serialOf('DL', index),
  number: `99990${String(index + 1).padStart(7, '0')}`,
  holders: [holderOf(person)],
  dates: { issuedOn: '2021-06-18', validUntil: '2031-06-18' },
  fields: {
    sex: sexOf(person),
    nationality: '中国',
    address: address(index),
    birthDate: birthDateOf(person),
    firstIssuedOn: '2015-06-18',
    vehicleClass: index % 3 === 0 ? 'C2' : 'C1',
  },
  photoOf: index,
});

const marriage = (one: number, other: number): DemoCertificate[] => {
  const people = [demoPeople[one], demoPeople[other]].filter((person) => person !== undefined);
  return [
    {
      issuer: registry,
      areaCode: demoHome.code,
      typeCode: typeOf('005'),
      serial: serialOf('MC', one),
      number: `J999999-2024-${String(one + 1).padStart(6, '0')}`,
      holders: people.map(holderOf),
      dates: { issuedOn: '2024-05-20' },
      fields: {
        registeredOn: '2024-05-20',
        registrationOffice: `${demoHome.name}民政局`,
        registrar: '江亦舟',
      },
      photoOf: null,
    },
  ];
};

const realEstate = (one: number, other: number): DemoCertificate[] => {
  const people = [demoPeople[one], demoPeople[other]].filter((person) => person !== undefined);
  return [
    {
      issuer: registry,
      areaCode: demoHome.code,
      typeCode: typeOf('007'),
      serial: serialOf('RE', one),
      number: `示(2025)${demoHome.name}不动产权第${String(one + 1).padStart(7, '0')}号`,
      holders: people.map(holderOf),
      dates: { issuedOn: '2025-02-14' },
      fields: {
        ownership: '共同共有',
        location: address(one),
        unitNumber: `999999 001001 GB00001 F${String(one + 1).padStart(8, '0')}`,
        rightType: '国有建设用地使用权/房屋所有权',
        rightNature: '出让/市场化商品房',
        purpose: '城镇住宅用地/住宅',
        area: '房屋建筑面积 89.50 平方米',
        usePeriod: '2010-01-01 起 2080-01-01 止',
      },
      photoOf: null,
    },
  ];
};

const businessLicence = (): DemoCertificate => {
  const { creditCode, name, representative } = demoCompany;
  const person = demoPeople[representative];
  return {
    issuer: registry,
    areaCode: demoHome.code,
    typeCode: typeOf('006'),
    serial: serialOf('BL', 0),
    number: '示2024营业执照0000001',
    holders: [{ type: '001', code: creditCode, name }],
    dates: { issuedOn: '2024-01-02', validUntil: '2044-01-01' },
    fields: {
      enterpriseType: '有限责任公司（自然人独资）',
      legalRepresentative: person?.name ?? '',
      legalRepresentativeNumber: person?.number ?? '',
      registeredCapital: '壹佰万元整',
      establishedOn: '2024-01-02',
      domicile: `示例省${demoHome.name}和平路9号`,
      businessScope: '食品销售',
      registrationOffice: `${demoHome.name}市场监督管理局`,
    },
    photoOf: null,
  };
};

/** Whether a person may drive: grown up, and not one of the oldest. */
const drives = (person: DemoPerson): boolean => {
  const year = Number(person.number.slice(6, 10));
  return year >= 1960 && year <= 2003;
};

/** Every certificate of the demo: an identity card for all, what else fits a person, and a company's licence. */
export const demoCertificates: readonly DemoCertificate[] = [
  ...demoPeople.map(idCard),
  ...demoPeople.flatMap((person, index) => (drives(person) ? [drivingLicence(person, index)] : [])),
  ...marriage(0, 1),
  ...marriage(7, 8),
  ...realEstate(0, 1),
  businessLicence(),
];
