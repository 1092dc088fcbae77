/** The operators on one metadata parameter, each with its operand. */
export type ParameterPolicy = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const isPlain = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);

/** What each standard operator takes as its operand ("Standard Operators" of OpenID Federation 1.0). */
const operands = {
  value: (value: unknown) => value === null || isPlain(value),
  add: isTexts,
  default: isPlain,
  one_of: isTexts,
  subset_of: isTexts,
  superset_of: isTexts,
  essential: (value: unknown) => typeof value === 'boolean',
};

/** The standard operators, in the order in which they are applied. */
export const operators: ReadonlySet<string> = new Set(Object.keys(operands));

/** Tells whether a value is one that an operator takes. */
export const speaks = (operator: string, value: unknown): boolean =>
  operator in operands && operands[operator as keyof typeof operands](value);

const union = (a: unknown, b: unknown): unknown => [...new Set([a, b].flat())];
const intersection = (a: unknown, b: unknown): unknown[] =>
  isTexts(a) && isTexts(b) ? a.filter((item) => b.includes(item)) : [];
const equal = (a: unknown, b: unknown): unknown => (formOf(a) === formOf(b) ? a : undefined);

/** Lists are equal whatever their order. */
const formOf = (value: unknown): string => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

/** Makes one operand of two, the superior's first; undefined where they do not go together. */
export const merges: Readonly<Record<string, (a: unknown, b: unknown) => unknown>> = {
  value: equal,
  add: union,
  default: equal,
  one_of: (a, b) => {
    const left = intersection(a, b);
    return left.length === 0 ? undefined : left;
  },
  subset_of: intersection,
  superset_of: union,
  essential: (a, b) => a === true || b === true,
};

/** What an operator makes of a parameter; `refused` where it does not hold. An absent parameter is undefined. */
export type Applied = { value: unknown } | 'refused';

/** Applies one operator to one parameter. */
export const applications: Readonly<Record<string, (operand: unknown, present: unknown) => Applied>> = {
  value: (operand) => ({ value: operand === null ? undefined : operand }),
  add: (operand, present) => {
    if (present === undefined) return { value: operand };
    return isTexts(present) ? { value: union(present, operand) } : 'refused';
  },
  default: (operand, present) => ({ value: present ?? operand }),
  one_of: (operand, present) =>
    present === undefined || (isText(present) && isTexts(operand) && operand.includes(present))
      ? { value: present }
      : 'refused',
  subset_of: (operand, present) => {
    if (present === undefined) return { value: present };
    return isTexts(present) ? { value: intersection(present, operand) } : 'refused';
  },
  superset_of: (operand, present) =>
    present === undefined ||
    (isTexts(present) && isTexts(operand) && operand.every((item) => present.includes(item)))
      ? { value: present }
      : 'refused',
  essential: (operand, present) =>
    operand === true && present === undefined ? 'refused' : { value: present },
};
