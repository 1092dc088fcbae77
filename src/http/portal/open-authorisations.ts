import type { Authorisation, Person } from '../../consent/index.ts';
import type { PortalDeps } from './deps.ts';

const daySeconds = 86_400;
/** Nothing asked longer ago can wait or stand: a week to answer and a year to use are the longest there are. */
const longestWaitSeconds = 7 * daySeconds;
const longestOpenSeconds = longestWaitSeconds + 366 * daySeconds;
const inBatch = 100;
/** A machine that floods a person with requests must not make the page read them all. */
const mostBatches = 5;

type Deps = Pick<PortalDeps, 'consent' | 'nowSeconds'>;

const walk = async (
  { consent, nowSeconds }: Deps,
  person: Person,
  longestSeconds: number,
): Promise<Authorisation[]> => {
  const earliest = (nowSeconds() - longestSeconds) * 1000;
  const found: Authorisation[] = [];
  let after: string | null | undefined;
  for (let batch = 0; batch < mostBatches && after !== null; batch += 1) {
    const page = await consent.listAuthorisations(person, {
      limit: inBatch,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.rows);
    const last = page.rows.at(-1);
    after = last !== undefined && last.requestedAt.getTime() >= earliest ? page.next : null;
  }
  return found;
};

/** Finds those that wait or stand, newest first. */
export const findOpen = async (deps: Deps, person: Person): Promise<Authorisation[]> =>
  (await walk(deps, person, longestOpenSeconds)).filter(
    ({ state }) => state === 'pending' || state === 'approved',
  );

/** Counts those that wait for an answer. */
export const countPending = async (deps: Deps, person: Person): Promise<number> =>
  (await walk(deps, person, longestWaitSeconds)).filter(({ state }) => state === 'pending').length;
