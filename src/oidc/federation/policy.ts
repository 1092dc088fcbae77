import { AppError } from '../../base/error.ts';
import { merges, operators, type ParameterPolicy, speaks } from './policy-operators.ts';
import type { MetadataPolicy } from './statement.ts';

/**
 * Merges the policies of a chain, that of the most superior entity first, and checks that each is one ("Metadata Policy",
 * "Resolution" of OpenID Federation 1.0). Operators beyond the standard ones are left out: none is understood here, and a
 * statement that calls one critical has been refused before. Throws federation-metadata-invalid.
 */
export const mergePolicies = (policies: readonly MetadataPolicy[]): MetadataPolicy =>
  policies
    .map(checked)
    .reduce(
      (current, next) =>
        joined(current, next, (a, b, type) =>
          joined(a, b, (c, d, parameter) => mergeParameter(`${type}.${parameter}`, c, d)),
        ),
      {},
    );

const mergeParameter = (place: string, current: ParameterPolicy, next: ParameterPolicy): ParameterPolicy => {
  const merged = joined(current, next, (a, b, operator) => {
    const value = merges[operator]?.(a, b);
    if (value === undefined) throw invalid(place, operator);
    return value;
  });
  checkCombination(place, merged);
  return merged;
};

/** Joins two objects; where both have a member, `both` makes one of the two. */
const joined = <T>(
  a: Record<string, T>,
  b: Record<string, T>,
  both: (a: T, b: T, name: string) => T,
): Record<string, T> => {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    names.map((name) => {
      const [left, right] = [a, b].map((from) => (Object.hasOwn(from, name) ? from[name] : undefined));
      return [name, left === undefined ? right : right === undefined ? left : both(left, right, name)];
    }),
  ) as Record<string, T>;
};

const checked = (policy: MetadataPolicy): MetadataPolicy =>
  mapValues(policy, (parameters, type) =>
    mapValues(parameters, (given, parameter) => {
      const place = `${type}.${parameter}`;
      const known = Object.fromEntries(
        Object.entries(given)
          .filter(([operator]) => operators.has(operator))
          .map(([operator, value]) => [operator, parameter === 'scope' ? listOf(value) : value]),
      );
      for (const [operator, value] of Object.entries(known))
        if (!speaks(operator, value)) throw invalid(place, operator);
      checkCombination(place, known);
      return known;
    }),
  );

const mapValues = <T, U>(from: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value, name)]));

/** A scope is text with spaces, and policies see a list. */
export const listOf = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : value;

/** Which two operators must agree, and how: the operand of the first against that of the second. */
const agreements: [string, string, (a: unknown, b: unknown) => boolean][] = [
  ['add', 'value', isPart],
  ['default', 'value', (_default, value) => value !== null],
  ['value', 'one_of', (value, list) => isPart([value], list)],
  ['value', 'subset_of', isPart],
  ['superset_of', 'value', isPart],
  ['essential', 'value', (essential, value) => essential !== true || value !== null],
  ['add', 'subset_of', isPart],
  ['superset_of', 'subset_of', isPart],
  ['add', 'one_of', () => false],
  ['subset_of', 'one_of', () => false],
  ['superset_of', 'one_of', () => false],
];

function checkCombination(place: string, policy: ParameterPolicy): void {
  for (const [one, other, agree] of agreements)
    if (one in policy && other in policy && !agree(policy[one], policy[other])) throw invalid(place, one);
}

function isPart(part: unknown, whole: unknown): boolean {
  return Array.isArray(part) && Array.isArray(whole) && part.every((item) => whole.includes(item));
}

/** Makes the refusal of metadata or of a policy. */
export const invalid = (parameter: string, operator: string): AppError =>
  new AppError('federation-metadata-invalid', { parameter: parameter.slice(0, 128), operator });
