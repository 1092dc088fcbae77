import { type DemoPerson, demoPeople } from './people.ts';

/** Synthetic people whom the population register of the demo knows and who have no account yet: to register by hand. */
export const demoNewcomers: readonly Omit<DemoPerson, 'password'>[] = [
  { number: '999999199308150216', name: '江予白', phone: '19900000101' },
  { number: '99999919720106022X', name: '方霁月', phone: '19900000102' },
  { number: '999999200110110230', name: '顾长风', phone: '19900000103' },
];

/** Everyone the population register of the demo knows, by number. */
export const demoRegister: ReadonlyMap<string, string> = new Map(
  [...demoPeople, ...demoNewcomers].map(({ number, name }) => [number, name]),
);
