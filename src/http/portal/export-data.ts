import { isKnown } from '../../identity/index.ts';
import type { PortalDeps } from './deps.ts';
import { signInsBefore } from './history.tsx';
import { holderOf, personOf, profileOf } from './person.ts';
import type { Visit } from './visit.ts';

/** A list, and whether it is all there is. */
export interface Whole<T> {
  rows: T[];
  isWhole: boolean;
}

const inBatch = 100;
const mostBatches = 10;

/** Reads a list page by page, the newest thousand of it at most. */
async function whole<T>(
  read: (request: { limit: number; after?: string }) => Promise<{ rows: T[]; next: string | null }>,
): Promise<Whole<T>> {
  const rows: T[] = [];
  let after: string | undefined;
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const page = await read({ limit: inBatch, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows);
    if (page.next === null) return { rows, isWhole: true };
    after = page.next;
  }
  return { rows, isWhole: false };
}

const nothing = { rows: [], isWhole: true };

/** Collects what is kept of the person of a visit; that it is read must be written down before. */
export async function collectData(deps: PortalDeps, visit: Visit) {
  const { consent, identity, sessions, nowSeconds } = deps;
  const { accountId } = visit;
  const profile = await profileOf(deps, visit);
  const known = isKnown(profile) ? await holderOf(deps, visit) : null;
  const person = known === null ? { accountId } : await personOf(deps, visit);
  const now = new Date((nowSeconds() + 1) * 1000);
  const signIns = await signInsBefore(deps, accountId, now, inBatch);
  return {
    profile,
    passkeys: { rows: await identity.listPasskeys(accountId), isWhole: true },
    certificates:
      known === null ? nothing : await whole((request) => certificates(deps, known.holder, request)),
    uses: await whole(async (request) => {
      const { rows, next } = await consent.listAccesses(person, request);
      // Which officer it was is not for the file: the page says the post.
      return {
        rows: rows.map(({ reader: { kind, name }, ...row }) => ({ ...row, reader: { kind, name } })),
        next,
      };
    }),
    authorisations: await whole((request) => consent.listAuthorisations(person, request)),
    objections: await whole((request) => consent.listObjections(person, request)),
    sessions: { rows: await sessions.list(accountId), isWhole: true },
    devices: { rows: await identity.listDevices(accountId), isWhole: true },
    signIns: { rows: signIns.rows, isWhole: signIns.next === null },
    sites: { rows: await sessions.listSites(accountId), isWhole: true },
    notices: await whole((request) => consent.listNotices(accountId, request)),
  };
}

export type OwnData = Awaited<ReturnType<typeof collectData>>;

const certificates = async (
  { directory }: PortalDeps,
  holder: { type: string; code: string },
  request: { limit: number; after?: string },
) => {
  const { certificates: rows, next } = await directory.listCertificatesOfHolder(holder, request);
  return { rows, next };
};
