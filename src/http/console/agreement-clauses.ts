import type { Clause, ClauseChange } from '../../../views/console/agreement-clauses.tsx';
import { fill, type Text } from '../../../views/text/index.ts';
import { speakThumbprint, thumbprintOf } from '../../crypto/index.ts';
import {
  type AgreementDocument,
  isMapped,
  type Mapped,
  type Party,
  type Rules,
  type WrittenCertificateRule,
  type WrittenSignInRule,
} from '../../recognition/index.ts';
import type { ConsoleDeps } from './deps.ts';

type Ends = Pick<WrittenSignInRule, 'from' | 'to'>;
type SignInTerms = Omit<WrittenSignInRule, keyof Ends>;
type CertificateTerms = Omit<WrittenCertificateRule, keyof Ends>;

/** Writes what a thumbprint or digest is compared by: eight groups of four characters. */
export const groupsOf = (digest: string): string => speakThumbprint(digest).groups.join(' ');

/** Says an agreement in words, clause by clause; nothing of the document is left out, nor of what its mappings say for it. */
export async function clausesOf(
  { recognition }: Pick<ConsoleDeps, 'recognition'>,
  text: Text,
  document: AgreementDocument,
): Promise<Clause[]> {
  const resolved = await recognition.readRules(document);
  const all = [headOf(text, document), ...partiesOf(text, document), ...rulesOf(text, document, resolved)];
  // Two rules between the same regions about the same thing are told apart by their order.
  const met = new Map<string, number>();
  return all.map((clause) => {
    const times = (met.get(clause.key) ?? 0) + 1;
    met.set(clause.key, times);
    return times === 1 ? clause : { ...clause, key: `${clause.key} ${times}` };
  });
}

const headOf = (
  { recognition: { clauses: words }, frameworks }: Text,
  document: AgreementDocument,
): Clause => {
  const { kind, validFrom, validUntil, reviewBy, noticeDays, legalBasis, suites, supersedes } = document;
  const days = { from: validFrom, until: validUntil, review: reviewBy };
  const names = [...suites.signature, ...suites.encryption].join(' ');
  return {
    key: 'head',
    title: words.kinds[kind],
    lines: [
      fill(words.days, days),
      fill(words.notice, { days: String(noticeDays) }),
      fill(words.basis, { basis: legalBasis }),
      fill(words.suites, { suites: names }),
      ...(document.kind === 'framework'
        ? [document.allowWidening === true ? frameworks.widening : frameworks.narrowing]
        : []),
      ...(supersedes === undefined ? [] : [fill(words.supersedes, { version: String(supersedes.version) })]),
    ],
  };
};

const partiesOf = ({ recognition: { clauses: words } }: Text, { parties }: AgreementDocument): Clause[] =>
  parties.map(({ name, regionCode, regionPrefix, creditCode, entityId, agreementKey, role }: Party) => ({
    key: `party ${regionCode}`,
    title: fill(words.party, { name, code: regionCode }),
    lines: [
      words.roles[role],
      fill(words.prefix, { prefix: regionPrefix }),
      fill(words.creditCode, { code: creditCode }),
      fill(words.server, { address: entityId }),
      fill(words.key, { fingerprint: groupsOf(thumbprintOf(agreementKey)) }),
    ],
  }));

function rulesOf(text: Text, document: AgreementDocument, resolved: Rules | null): Clause[] {
  const { clauses: words } = text.recognition;
  if (document.kind === 'bilateral') {
    const { signIn, certificates } = document.rules;
    return [
      ...signIn.map((rule, i) =>
        signInClause(text, fill(words.signIn, endsOf(rule)), rule, resolved?.signIn[i] ?? null),
      ),
      ...certificates.map((rule, i) =>
        certificateClause(
          text,
          fill(words.certificate, endsOf(rule)),
          rule,
          resolved?.certificates[i] ?? null,
        ),
      ),
    ];
  }
  const termsOf = (title: string, terms: { signIn: SignInTerms[]; certificates: CertificateTerms[] }) => [
    ...terms.signIn.map((rule) => signInClause(text, `${title} · ${words.signInSide}`, rule)),
    ...terms.certificates.map((rule) => certificateClause(text, title, rule)),
  ];
  if (document.kind === 'framework') return termsOf(words.terms, document.terms);
  const { id, version, digest } = document.framework;
  const framework = { id, version: String(version), fingerprint: groupsOf(digest) };
  return [
    { key: 'framework', title: fill(words.framework, framework), lines: [] },
    ...termsOf(words.offers, document.offers),
    ...termsOf(words.acceptances, document.acceptances),
    ...document.reservations.map((reservation) => {
      const { kind, ...parts } = reservation;
      const about = 'type' in reservation ? reservation.type : words.signInSide;
      const lines = Object.entries(parts).flatMap(([name, value]) =>
        Array.isArray(value) ? [lineOf(text, name as 'purposes', value.join(' ') || words.all)] : [],
      );
      return { key: `reservation ${about}`, title: `${words.reservation} · ${about}`, lines };
    }),
  ];
}

const endsOf = ({ from, to }: Ends): { from: string; to: string } => ({ from, to });

const lineOf = (
  { recognition: { clauses, fields } }: Text,
  name: keyof Text['recognition']['fields'],
  value: string,
): string => fill(clauses.line, { label: fields[name].label, value: value || clauses.nothing });

/**
 * Says which mapping a part of a rule is left to, and what it says: null where it is not here, undefined in terms for any
 * two members, for whom it says each their own.
 */
const mappedIn = (
  { recognition: { clauses } }: Text,
  { mapping: { id, version, digest } }: Mapped,
  said: string | null | undefined,
): string =>
  fill(clauses.mapped, {
    id,
    version: String(version),
    fingerprint: groupsOf(digest),
    said: said === undefined ? clauses.mappedBetween : (said ?? clauses.mappingMissing),
  });

const levelsIn = (text: Text, map: Partial<Record<string, string>>): string =>
  pairs(map, (acr) => levelIn(text, acr));

const signInClause = (
  text: Text,
  title: string,
  rule: SignInTerms,
  resolved?: Rules['signIn'][number] | null,
): Clause => ({
  key: `signIn ${title}`,
  title,
  lines: [
    lineOf(text, 'purposes', rule.purposes.join(' ')),
    lineOf(text, 'claims', rule.claims.join(' ')),
    lineOf(text, 'minimumLevel', levelIn(text, rule.minimumLevel)),
    lineOf(text, 'maximumLevel', levelIn(text, rule.maximumLevel)),
    lineOf(
      text,
      'levelMap',
      isMapped(rule.levelMap)
        ? mappedIn(text, rule.levelMap, resolved && levelsIn(text, resolved.levelMap))
        : levelsIn(text, rule.levelMap),
    ),
    lineOf(text, 'maximumAuthenticationAgeSeconds', String(rule.maximumAuthenticationAgeSeconds)),
  ],
});

function certificateClause(
  text: Text,
  title: string,
  rule: CertificateTerms,
  resolved?: Rules['certificates'][number] | null,
): Clause {
  const { consents, channels } = text.recognition.draft;
  const { fieldMap } = resolved ?? rule;
  return {
    key: `certificate ${title} ${rule.type} ${isMapped(rule.as) ? '' : rule.as}`,
    title,
    lines: [
      lineOf(text, 'type', rule.type),
      lineOf(
        text,
        'as',
        isMapped(rule.as) ? mappedIn(text, rule.as, resolved === null ? null : resolved?.as) : rule.as,
      ),
      lineOf(text, 'fields', rule.fields.join(' ')),
      lineOf(text, 'fieldMap', pairs(fieldMap)),
      lineOf(text, 'purposes', rule.purposes.join(' ')),
      lineOf(text, 'minimumLevel', levelIn(text, rule.minimumLevel)),
      lineOf(text, 'consent', consents[rule.consent]),
      lineOf(text, 'channels', rule.channels.map((channel) => channels[channel]).join(' ')),
      lineOf(text, 'trustMap', pairs(rule.trustMap)),
      lineOf(text, 'maximumStatusAgeSeconds', String(rule.maximumStatusAgeSeconds)),
      lineOf(text, 'retentionDays', String(rule.retentionDays)),
      lineOf(text, 'requestsPerMinute', String(rule.requestsPerMinute)),
    ],
  };
}

const levelIn = ({ recognition: { draft } }: Text, acr: string): string =>
  draft.levels[(Number(acr.at(-1)) || 1) as 1 | 2 | 3 | 4];

const pairs = (
  map: Partial<Record<string, string>>,
  say: (value: string) => string = (value) => value,
): string =>
  Object.entries(map)
    .map(([from, to = '']) => `${say(from)} → ${say(to)}`)
    .join('; ');

/** Compares two versions clause by clause; of a changed one only the lines that differ are left. */
export function changesBetween(before: readonly Clause[], after: readonly Clause[]): ClauseChange[] {
  const byKey = (clauses: readonly Clause[]) => new Map(clauses.map((clause) => [clause.key, clause]));
  const [old, now] = [byKey(before), byKey(after)];
  const removed = before.filter(({ key }) => !now.has(key));
  return [
    ...after.flatMap((clause): ClauseChange[] => {
      const past = old.get(clause.key);
      if (past === undefined)
        return [{ title: clause.title, change: 'added', before: [], after: clause.lines }];
      const gone = past.lines.filter((line) => !clause.lines.includes(line));
      const come = clause.lines.filter((line) => !past.lines.includes(line));
      if (past.title === clause.title && gone.length + come.length === 0) return [];
      const titles =
        past.title === clause.title ? { gone: [], come: [] } : { gone: [past.title], come: [clause.title] };
      return [
        {
          title: clause.title,
          change: 'changed',
          before: [...titles.gone, ...gone],
          after: [...titles.come, ...come],
        },
      ];
    }),
    ...removed.map(
      ({ title, lines }): ClauseChange => ({ title, change: 'removed', before: lines, after: [] }),
    ),
  ];
}
