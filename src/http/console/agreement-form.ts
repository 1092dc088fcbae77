import type { Context } from 'koa';
import {
  headInputs,
  inputName,
  type RuleKind,
  ruleInputs,
  type Typed,
  type TypedDraft,
} from '../../../views/console/agreement-inputs.tsx';
import {
  isMapped,
  type Mapped,
  type Party,
  type WrittenCertificateRule,
  type WrittenRules,
  type WrittenSignInRule,
} from '../../recognition/index.ts';
import { acrOf, levelOf } from '../../terms/assurance.ts';
import { field } from '../form.ts';

/** The most rules that the form holds; a document of more is pasted. */
export const mostRules = 20;

/** A side of a draft as it is known here, before its authority is named. */
export type Side = Omit<Party, 'creditCode' | 'role'>;

const kinds = ['signIn', 'certificates'] as const;

/** Reads what was typed. */
export function typedOf(ctx: Context): TypedDraft {
  const read = (inputs: readonly string[], nameOf: (input: string) => string): Typed =>
    Object.fromEntries(inputs.map((input) => [input, field(ctx, nameOf(input)).trim()]));
  const rules = (kind: RuleKind): Typed[] => {
    const found: Typed[] = [];
    const names = Object.keys((ctx.request.body ?? {}) as object);
    for (let i = 0; i < mostRules && names.includes(inputName(kind, i, 'from')); i += 1)
      found.push(read(ruleInputs[kind], (input) => inputName(kind, i, input)));
    return found;
  };
  return {
    head: read(headInputs, (input) => input),
    signIn: rules('signIn'),
    certificates: rules('certificates'),
  };
}

/** Adds or removes a rule as a button asks: `add-<kind>`, `remove-<kind>-<n>`; a new one goes from the peer to us. */
export function withStep(draft: TypedDraft, step: string, ends: { from: string; to: string }): TypedDraft {
  const [, act, kind, place] = /^(add|remove)-(signIn|certificates)(?:-(\d+))?$/.exec(step) ?? [];
  if (kind !== 'signIn' && kind !== 'certificates') return draft;
  if (act === 'remove') return { ...draft, [kind]: draft[kind].filter((_rule, i) => i !== Number(place)) };
  return isFull(draft) ? draft : { ...draft, [kind]: [...draft[kind], ends] };
}

/** Tells whether the form takes no further rule. */
export const isFull = ({ signIn, certificates }: TypedDraft): boolean =>
  signIn.length + certificates.length >= mostRules;

const numberIn = (text = ''): number | string => (/^\d{1,9}$/.test(text) ? Number(text) : text);
const listIn = (text = ''): string[] => text.split(/[\s,，、;；]+/).filter((part) => part !== '');
export const acrIn = (text = ''): string =>
  /^[1-4]$/.test(text) ? acrOf(Number(text) as 1 | 2 | 3 | 4) : text;

/** Reads `a=b c=d`; a part without a right side keeps an empty one, which no map allows. */
export const pairsIn = (text: string | undefined, read: (part: string) => string): Record<string, string> =>
  Object.fromEntries(
    listIn(text).map((part) => {
      const [from = '', to = ''] = part.split('=');
      return [read(from), to === '' ? '' : read(to)];
    }),
  );

const same = (text: string): string => text;

/** Writes a version of a mapping as the form's choice holds it. */
export const choiceOf = ({ id, version, digest }: Mapped['mapping']): string => `${id}:${version}:${digest}`;

/** Reads a choice of a mapping; null when none is made. */
const mappedIn = (text = ''): Mapped | null => {
  const [id = '', version, digest = ''] = text.split(':');
  return id === '' ? null : { mapping: { id, version: Number(version), digest } };
};

const signInOf = (typed: Typed): object => ({
  from: typed.from,
  to: typed.to,
  purposes: listIn(typed.purposes),
  claims: listIn(typed.claims),
  minimumLevel: acrIn(typed.minimumLevel),
  maximumLevel: acrIn(typed.maximumLevel),
  levelMap: mappedIn(typed.mapping) ?? pairsIn(typed.levelMap, acrIn),
  maximumAuthenticationAgeSeconds: numberIn(typed.maximumAuthenticationAgeSeconds),
});

const certificateOf = (typed: Typed): object => ({
  from: typed.from,
  to: typed.to,
  type: typed.type,
  as: mappedIn(typed.mapping) ?? typed.as,
  fields: listIn(typed.fields),
  fieldMap: pairsIn(typed.fieldMap, same),
  purposes: listIn(typed.purposes),
  minimumLevel: acrIn(typed.minimumLevel),
  consent: typed.consent,
  channels: listIn(typed.channels),
  trustMap: pairsIn(typed.trustMap, same),
  maximumStatusAgeSeconds: numberIn(typed.maximumStatusAgeSeconds),
  retentionDays: numberIn(typed.retentionDays),
  requestsPerMinute: numberIn(typed.requestsPerMinute),
});

/** Makes the content of an agreement of what was typed; whether it is one, recognition says. This side stands first. */
export function contentOf({ head, signIn, certificates }: TypedDraft, own: Side, peer: Side | null): object {
  return {
    kind: 'bilateral',
    parties: [
      { ...own, creditCode: head.ownCreditCode, role: 'party' },
      { ...peer, creditCode: head.peerCreditCode, role: 'party' },
    ],
    rules: { signIn: signIn.map(signInOf), certificates: certificates.map(certificateOf) },
    suites: { signature: ['ES256'], encryption: ['ECDH-ES+A256KW/A256GCM'] },
    validFrom: head.validFrom,
    validUntil: head.validUntil,
    reviewBy: head.reviewBy,
    noticeDays: numberIn(head.noticeDays),
    legalBasis: head.legalBasis,
  };
}

export const levelOut = (acr: string): string => String(levelOf(acr) ?? acr);
export const pairsOut = (map: Partial<Record<string, string>>, say: (part: string) => string): string =>
  Object.entries(map)
    .map(([from, to = '']) => `${say(from)}=${say(to)}`)
    .join(' ');

/** Writes a rule as it would be typed. */
const typedRule = (rule: WrittenSignInRule | WrittenCertificateRule): Typed => {
  const shared = {
    from: rule.from,
    to: rule.to,
    purposes: rule.purposes.join(' '),
    minimumLevel: levelOut(rule.minimumLevel),
  };
  if ('claims' in rule)
    return {
      ...shared,
      claims: rule.claims.join(' '),
      maximumLevel: levelOut(rule.maximumLevel),
      ...(isMapped(rule.levelMap)
        ? { mapping: choiceOf(rule.levelMap.mapping) }
        : { levelMap: pairsOut(rule.levelMap, levelOut) }),
      maximumAuthenticationAgeSeconds: String(rule.maximumAuthenticationAgeSeconds),
    };
  return {
    ...shared,
    type: rule.type,
    ...(isMapped(rule.as) ? { mapping: choiceOf(rule.as.mapping) } : { as: rule.as }),
    fields: rule.fields.join(' '),
    fieldMap: pairsOut(rule.fieldMap, same),
    consent: rule.consent,
    channels: [...rule.channels].sort().join(' '),
    trustMap: pairsOut(rule.trustMap, same),
    maximumStatusAgeSeconds: String(rule.maximumStatusAgeSeconds),
    retentionDays: String(rule.retentionDays),
    requestsPerMinute: String(rule.requestsPerMinute),
  };
};

/** Writes the content of an agreement between two as it would be typed. */
export function typedFrom(
  document: Record<'validFrom' | 'validUntil' | 'reviewBy' | 'legalBasis', string> & {
    noticeDays: number;
    parties: readonly Party[];
    rules: WrittenRules;
  },
  own: Pick<Side, 'entityId'>,
): TypedDraft {
  const [mine, theirs] = [true, false].map((isOwn) =>
    document.parties.find(({ entityId }) => (entityId === own.entityId) === isOwn),
  );
  const { validFrom, validUntil, reviewBy, noticeDays, legalBasis, rules } = document;
  return {
    head: {
      peer: theirs?.entityId ?? '',
      ownCreditCode: mine?.creditCode ?? '',
      peerCreditCode: theirs?.creditCode ?? '',
      noticeDays: String(noticeDays),
      validFrom,
      validUntil,
      reviewBy,
      legalBasis,
    },
    signIn: rules.signIn.map(typedRule),
    certificates: rules.certificates.map(typedRule),
  };
}

/** Puts another version of a mapping where the rules of a draft refer to one of it. */
export function withMapping(draft: TypedDraft, choice: string): TypedDraft {
  const [id = ''] = choice.split(':');
  const move = (rule: Typed): Typed =>
    id !== '' && rule.mapping?.startsWith(`${id}:`) ? { ...rule, mapping: choice } : rule;
  return { ...draft, signIn: draft.signIn.map(move), certificates: draft.certificates.map(move) };
}

/** Names the field of the form that a place in the document was typed into; null when there is none. */
export function fieldOfPlace(place: string): string | null {
  const [top = '', second = '', third = '', fourth = ''] = place.split('.');
  if (top === 'parties') {
    if (third !== 'creditCode') return 'peer';
    return second === '0' ? 'ownCreditCode' : 'peerCreditCode';
  }
  const kind = kinds.find((known) => top === 'rules' && known === second);
  if (kind !== undefined)
    return ruleInputs[kind].some((input) => input === fourth) ? inputName(kind, Number(third), fourth) : null;
  return headInputs.find((input) => input === top) ?? null;
}
