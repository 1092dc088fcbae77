import { schema } from './schema.ts';

const distance = (a: string, b: string): number => {
  const row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    let diagonal = row[0] ?? 0;
    row[0] = i;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0;
      row[j] = Math.min(above + 1, (row[j - 1] ?? 0) + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1));
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
};

/** Says that a name is no key, and which one may be meant. */
export const unknownKeyFault = (name: string): string => {
  const nearest = Object.keys(schema).sort((a, b) => distance(name, a) - distance(name, b))[0] ?? '';
  return `${name} is not a key of Yihao; did you mean ${nearest}? docs/configuration.md lists them all.`;
};
