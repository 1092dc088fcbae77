import type { Standing } from '../admission/admit.ts';
import type { AccessionDocument, FrameworkDocument } from '../agreement/document.ts';
import { meetCertificate, meetSignIn, rulesUnder } from '../agreement/framework.ts';
import { type Agreement, stateOf } from '../agreement/lifecycle.ts';
import type { Rules } from '../agreement/rules.ts';
import type { FindMapping } from '../mapping/rules.ts';
import { pairDigestOf, pairIdOf } from './member-list.ts';

/** An agreement whose text is of one kind. */
export type AgreementOn<D> = Agreement & { document: D };

/** A framework and two that joined it. */
export interface Pair {
  framework: AgreementOn<FrameworkDocument>;
  own: AgreementOn<AccessionDocument>;
  other: AgreementOn<AccessionDocument>;
}

/** Tells whether an agreement is a framework. */
export const isFramework = (agreement: Agreement): agreement is AgreementOn<FrameworkDocument> =>
  agreement.document.kind === 'framework';

/** Tells whether an agreement is an accession. */
export const isAccession = (agreement: Agreement): agreement is AgreementOn<AccessionDocument> =>
  agreement.document.kind === 'accession';

/**
 * Says what two members stand on towards each other. All three parts have to be active, so the operator closes the whole
 * or one member and a member itself, each at once. It is of these two and goes on to nobody.
 */
export function standingOfPair({ framework, own, other }: Pair, find?: FindMapping): Standing {
  const rules = [
    rulesUnder(framework, other.document, own.document, find),
    rulesUnder(framework, own.document, other.document, find),
  ].filter((found) => found !== null);
  return {
    agreementId: pairIdOf(own.document.id, other.document.id),
    version: framework.document.version,
    digest: pairDigestOf(framework.digest, [own.digest, other.digest]),
    parts: [framework, own, other],
    isUnresolved: rules.length < 2,
    rules: {
      signIn: rules.flatMap(({ signIn }) => signIn),
      certificates: rules.flatMap(({ certificates }) => certificates),
    },
  };
}

/**
 * Narrows what two regions stand on when a framework and an agreement of their own are both under way: each is cut to what
 * the other has too and is open only while the other is, unless the framework lets its members go beyond it.
 */
export function narrowed(bilateral: readonly Standing[], pairs: readonly Standing[], now: Date): Standing[] {
  const [ownUnderWay, pairsUnderWay] = [bilateral, pairs].map((list) =>
    list.filter(({ parts }) => parts.every((part) => isUnderWay(part, now))),
  );
  const binding = (pairsUnderWay ?? []).filter(({ parts }) => !allowsWidening(parts));
  return [
    ...bilateral.map((standing) => binding.reduce(within, standing)),
    ...pairs.map((standing) =>
      allowsWidening(standing.parts) ? standing : (ownUnderWay ?? []).reduce(within, standing),
    ),
  ];
}

const isUnderWay = (agreement: Agreement, now: Date): boolean =>
  ['active', 'suspended'].includes(stateOf(agreement, now));

const allowsWidening = (parts: readonly Agreement[]): boolean =>
  parts.some(({ document }) => document.kind === 'framework' && document.allowWidening === true);

const within = (standing: Standing, other: Standing): Standing => ({
  ...standing,
  parts: [...standing.parts, ...other.parts],
  rules: meetRules(standing.rules, other.rules),
  isUnresolved: standing.isUnresolved || other.isUnresolved,
});

type Ends = { from: string; to: string };

const meetEnds = <T extends Ends, M>(a: T[], b: T[], meet: (a: T, b: T) => M | null): (M & Ends)[] =>
  a.flatMap((one) =>
    b
      .filter(({ from, to }) => from === one.from && to === one.to)
      .flatMap((other) => {
        const met = meet(one, other);
        return met === null ? [] : [{ ...met, from: one.from, to: one.to }];
      }),
  );

const meetRules = (a: Rules, b: Rules): Rules => ({
  signIn: meetEnds(a.signIn, b.signIn, meetSignIn).filter(({ purposes }) => purposes.length > 0),
  certificates: meetEnds(a.certificates, b.certificates, meetCertificate).filter(
    ({ purposes, channels }) => purposes.length > 0 && channels.length > 0,
  ),
});
