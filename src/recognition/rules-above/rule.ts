import { z } from 'zod';

const count = z.number().int().nonnegative();
const byLevel = z.array(count).length(4);
/** Whose passkeys reach the highest level: all that are bound, of proven models only, nobody's. */
const hardware = ['bound', 'attested', 'none'];

type Value = number | readonly number[] | boolean | string;

/** One rule: the form of its value, how its bound is written, and whether a value is at least as strict as a bound. */
interface Rule<T extends Value> {
  form: z.ZodType<T>;
  sign: '≤' | '≥' | '⊆';
  isAsStrict(value: T, bound: T): boolean;
}

const atMost: Rule<number> = { form: count, sign: '≤', isAsStrict: (value, bound) => value <= bound };
const atLeast: Rule<number> = { form: count, sign: '≥', isAsStrict: (value, bound) => value >= bound };
const eachAtMost: Rule<readonly number[]> = {
  form: byLevel,
  sign: '≤',
  isAsStrict: (value, bound) => value.every((each, level) => each <= (bound[level] ?? 0)),
};
const yesIsStricter: Rule<boolean> = {
  form: z.boolean(),
  sign: '≥',
  isAsStrict: (value, bound) => value || !bound,
};
const hardwareKeys: Rule<string> = {
  form: z.string().refine((word) => hardware.includes(word)),
  sign: '⊆',
  isAsStrict: (value, bound) => hardware.indexOf(value) >= hardware.indexOf(bound),
};

/**
 * The rules there are. Each is a partial order on its values: four limits of sessions are as strict only if each of them is.
 * A rule that a region above does not name leaves the setting free.
 */
export const rules = {
  sessionSeconds: atMost,
  sessionLevelSeconds: eachAtMost,
  sessionIdleSeconds: eachAtMost,
  accessTokenSeconds: atMost,
  triesPerAccount: atMost,
  recoveryCodesSeconds: atLeast,
  recoveryFaceSeconds: atLeast,
  recoveryCounterSeconds: atLeast,
  recoveryWithoutPhoneSeconds: atLeast,
  phoneChangeSeconds: atLeast,
  auditRetentionDays: atLeast,
  nationalSeals: yesIsStricter,
  hardwareKeys,
};

export type RuleName = keyof typeof rules;

/** What a region above demands at least; a rule without a value demands nothing. */
export type RuleSet = { readonly [N in RuleName]?: z.output<(typeof rules)[N]['form']> };

/** An own setting that a rule bounds, by the key it is set with. */
export interface Setting<T = Value> {
  readonly key: string;
  readonly value: T;
}
export type Settings = { readonly [N in RuleName]: Setting<z.output<(typeof rules)[N]['form']>> };

/** A rule beside the setting it bounds. */
export interface Comparison {
  name: RuleName;
  key: string;
  own: string;
  /** How the bound is written: `≤ 28800`. */
  bound: string;
  isAsStrict: boolean;
}

const names = Object.keys(rules) as RuleName[];

/** The form of a set of rules; an unknown rule is refused, since it could not be kept. */
export const ruleSetForm: z.ZodType<RuleSet> = z.strictObject(
  Object.fromEntries(names.map((name) => [name, rules[name].form.optional()])),
);

/** Holds own settings against a set of rules, one comparison a rule that is named. */
export const compare = (set: RuleSet, settings: Settings): Comparison[] =>
  names.flatMap((name) =>
    compareOne(rules[name] as Rule<Value>, name, { bound: set[name], own: settings[name] }),
  );

const compareOne = (
  rule: Rule<Value>,
  name: RuleName,
  { bound, own }: { bound: Value | undefined; own: Setting },
): Comparison[] => {
  if (bound === undefined) return [];
  const { key, value } = own;
  const isAsStrict = rule.isAsStrict(value, bound);
  return [{ name, key, own: written(value), bound: `${rule.sign} ${written(bound)}`, isAsStrict }];
};

/** As configuration writes it. */
const written = (value: Value): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

/** Names the settings that are looser than their rule: `YIHAO_SESSION_TTL_SECONDS=43200 (≤ 28800)`. */
export const looserOf = (comparisons: readonly Comparison[]): string[] =>
  comparisons.flatMap(({ key, own, bound, isAsStrict }) => (isAsStrict ? [] : [`${key}=${own} (${bound})`]));
