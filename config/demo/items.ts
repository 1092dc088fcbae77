/**
 * The service items of the demo: two for which the person is asked, one for which the law lets the department read. All
 * are invented, the law's title too, and their authorities exist nowhere.
 */

import { cityB } from './cities.ts';

/** A service item to save, in the words of those who keep the list. */
export interface DemoItem {
  code: string;
  name: { zh: string; en: string };
  department: { code: string; name: { zh: string; en: string } };
  needs: { typeCode: string; fields: string[]; minimumTrust: string; required: boolean }[];
  basis: { kind: 'consent' } | { kind: 'law'; law: string; article: string };
  longestUseSeconds: number;
  enabled: boolean;
}

const department = {
  code: '11999999000000027G',
  name: cityB.services,
};
const typeOf = (serial: string): string => `11999999000000019M${serial}`;

type Need = DemoItem['needs'][number];

/** What the transfer of real estate can be done with: either of them serves. */
export const transferNeeds: Readonly<Record<'marriage' | 'licence', Need>> = {
  marriage: {
    typeCode: typeOf('005'),
    fields: ['registeredOn', 'registrationOffice'],
    minimumTrust: 'B',
    required: false,
  },
  licence: {
    typeCode: typeOf('003'),
    fields: ['firstIssuedOn', 'address'],
    minimumTrust: 'B',
    required: false,
  },
};

/** The item for which the demo's property site asks for a certificate. */
export const transferItem: DemoItem = {
  code: 'SYN-0009',
  name: { zh: '不动产转移登记', en: 'Transfer of real estate' },
  department: {
    code: '119999990000000436',
    name: cityB.property,
  },
  needs: Object.values(transferNeeds),
  basis: { kind: 'consent' },
  longestUseSeconds: 86_400,
  enabled: true,
};

/** Every service item of the demo. */
export const demoItems: readonly DemoItem[] = [
  {
    code: 'SYN-0006',
    name: { zh: '机动车驾驶证期满换证', en: 'Renewal of a driving licence' },
    department,
    needs: [
      {
        typeCode: typeOf('003'),
        fields: ['number', 'vehicleClass', 'firstIssuedOn', 'address'],
        minimumTrust: 'B',
        required: true,
      },
      { typeCode: typeOf('001'), fields: ['number', 'address'], minimumTrust: 'B', required: false },
    ],
    basis: { kind: 'consent' },
    longestUseSeconds: 7 * 86_400,
    enabled: true,
  },
  {
    code: 'SYN-0101',
    name: { zh: '道路交通事故核查', en: 'Inquiry into a road accident' },
    department,
    needs: [
      { typeCode: typeOf('003'), fields: ['number', 'vehicleClass'], minimumTrust: 'B', required: true },
    ],
    basis: { kind: 'law', law: '示例省道路交通条例', article: '第十条' },
    longestUseSeconds: 86_400,
    enabled: true,
  },
  transferItem,
];
