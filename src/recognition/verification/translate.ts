import type { CertificateRequest, Standing } from '../admission/admit.ts';
import type { CertificateRule } from '../agreement/rules.ts';

/** A question in the words of this region: its own type and field names. */
export interface AskedHere {
  from: string;
  to: string;
  purpose: string;
  channel: CertificateRequest['channel'];
  /** The type there, where the identifier names it; else what a type is taken for here. */
  type: { there: string } | { here: string };
  fields: readonly string[];
}

/** The same in the words of the region that is asked. */
export interface AskedThere {
  type: string;
  fields: string[];
  /** Field names of ours that mean nothing there: another field goes by that name. */
  unnamed: string[];
}

/**
 * Puts a question into the words of the other region, by the rule of the agreement that the gate will go by: of that
 * type, for the purpose, over the channel. Where there is none the words stay, and the gate says why.
 */
export function askedThere({ rules }: Pick<Standing, 'rules'>, asked: AskedHere): AskedThere {
  const rule = ruleFor(rules.certificates, asked);
  const type = rule?.type ?? ('there' in asked.type ? asked.type.there : asked.type.here);
  const named = asked.fields.map((field) => ({ field, there: nameThere(rule, field) }));
  return {
    type,
    fields: named.flatMap(({ there }) => there ?? []),
    unnamed: named.filter(({ there }) => there === null).map(({ field }) => field),
  };
}

function ruleFor(
  rules: readonly CertificateRule[],
  { from, to, type, purpose, channel }: AskedHere,
): CertificateRule | null {
  const ofType = rules.filter(
    (rule) =>
      rule.from === from &&
      rule.to === to &&
      ('there' in type ? rule.type === type.there : rule.as === type.here),
  );
  const exact = ofType.find(
    ({ purposes, channels }) => purposes.includes(purpose) && channels.includes(channel),
  );
  return exact ?? ofType[0] ?? null;
}

function nameThere(rule: CertificateRule | null, here: string): string | null {
  const renamed = Object.entries(rule?.fieldMap ?? {}).find(([, name]) => name === here);
  if (renamed !== undefined) return renamed[0];
  return rule !== null && here in rule.fieldMap ? null : here;
}
