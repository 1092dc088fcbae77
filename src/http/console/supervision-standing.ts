import type { Outcomes, ShownAgreement } from '../../../views/console/supervision.tsx';
import type { AilingSite, DeafSite } from '../../../views/console/supervision-sites.tsx';
import { fill, type Language, textOf } from '../../../views/text/index.ts';
import { rowOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import { auditHref, type Figures, starsOf, sumOf } from './supervision-figures.ts';

/** Adds up what was done and refused by the identifier that a group’s keys begin with. */
const outcomesOf = ({ series }: Figures, group: 'sites' | 'agreements') => {
  const found = new Map<string, { done: number; refused: number }>();
  for (const [key, numbers] of series.get(group) ?? []) {
    const [id = '', outcome] = key.split(' ');
    const { done, refused } = found.get(id) ?? { done: 0, refused: 0 };
    const count = sumOf(numbers);
    found.set(id, outcome === 'done' ? { done: done + count, refused } : { done, refused: refused + count });
  }
  return found;
};

const ratingsOf = ({ series }: Figures, clientId: string): (readonly [number, number])[] =>
  [...(series.get('siteRatings') ?? [])].flatMap(([key, numbers]) => {
    const [id, stars] = key.split(' ');
    return id === clientId ? [[Number(stars), sumOf(numbers)] as const] : [];
  });

/** Finds what a site is called; one that is gone goes by its identifier. */
export type NameOf = (clientId: string) => Promise<string>;

/** Lists what sites and departments did and were refused, the most refused first. */
export const sitesOf = async (
  figures: Figures,
  { nameOf, language, maySearch }: { nameOf: NameOf; language: Language; maySearch: boolean },
): Promise<Outcomes[]> => {
  const { totals, starsOf: line } = textOf(language).supervision;
  const notesOf = (clientId: string): string[] => {
    const stars = starsOf(ratingsOf(figures, clientId));
    if (stars === null) return [];
    const { average, count } = stars;
    return [`${totals.stars} ${fill(line, { average: average.toFixed(2), count: String(count) })}`];
  };
  const found = [...outcomesOf(figures, 'sites')].map(async ([clientId, counts]) => ({
    ...counts,
    name: await nameOf(clientId),
    href: maySearch ? auditHref(figures.period, { actor: clientId, type: 'access.recorded' }) : null,
    notes: notesOf(clientId),
  }));
  return (await Promise.all(found)).sort(
    (one, other) => other.refused - one.refused || other.done - one.done,
  );
};

/** Lists the agreements as they stand, with what was asked and refused under each. */
export const agreementsOf = async (
  deps: ConsoleDeps,
  figures: Figures,
  maySearch: boolean,
): Promise<ShownAgreement[]> => {
  const outcomes = outcomesOf(figures, 'agreements');
  const { agreements } = await deps.recognition.pageAgreements({});
  return agreements.map((agreement) => {
    const row = rowOf(deps, agreement);
    return {
      ...(outcomes.get(agreement.document.id) ?? { done: 0, refused: 0 }),
      row,
      name: row.name,
      href: maySearch
        ? auditHref(figures.period, { type: 'verification.', mention: agreement.document.id })
        : null,
    };
  });
};

/** Lists the sites that are down for what we tell them: signals that fail now, and sign-outs of the period. */
export const deafOf = async (deps: ConsoleDeps, { period }: Figures, nameOf: NameOf): Promise<DeafSite[]> => {
  const [subscriptions, notices] = await Promise.all([
    deps.signals.listSubscriptions(),
    deps.sessionStore.failedNotices(new Date(`${period.from}T00:00:00+08:00`)),
  ]);
  const failing = subscriptions.filter(
    ({ state, failingSince }) => state === 'disabled' || failingSince !== null,
  );
  const signOuts = new Map<string, number>();
  for (const { clientId } of notices) signOuts.set(clientId, (signOuts.get(clientId) ?? 0) + 1);
  const clientIds = [...new Set([...failing.map(({ clientId }) => clientId), ...signOuts.keys()])];
  return Promise.all(
    clientIds.map(async (clientId) => ({
      name: await nameOf(clientId),
      signals: failing.find((one) => one.clientId === clientId) ?? null,
      signOuts: signOuts.get(clientId) ?? 0,
    })),
  );
};

/** Lists the sites that are slow, refused often or beyond their quota today. */
export const ailingOf = async (deps: ConsoleDeps, nameOf: NameOf): Promise<AilingSite[]> =>
  Promise.all(
    (await deps.siteHealth.listAiling()).map(async ({ clientId, ...figures }) => ({
      figures,
      name: await nameOf(clientId),
      clientId,
    })),
  );

/** Names sites in a language. */
export const namesIn =
  (deps: ConsoleDeps, language: Language): NameOf =>
  async (clientId) =>
    (await deps.sites.find(clientId))?.name[language] ?? clientId;
