/**
 * The service items of the demo: one for which the person is asked, one for which the law lets the department read. Both
 * are invented, the law's title too, and their authority exists nowhere.
 */

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
  name: { zh: '示例省政务服务局', en: 'Government Services Office, Example Province' },
};
const typeOf = (serial: string): string => `11999999000000019M${serial}`;

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
];
