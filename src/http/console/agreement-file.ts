import type { Context } from 'koa';
import type { Fingerprint } from '../../../views/console/agreement-clauses.tsx';
import type { AgreementRow, Health } from '../../../views/console/agreements.tsx';
import { AppError } from '../../base/error.ts';
import { speakThumbprint } from '../../crypto/index.ts';
import {
  type Agreement,
  type AgreementFile,
  type AgreementPlace,
  isFresh,
  type Party,
  stateOf,
} from '../../recognition/index.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';

export const agreementsPath = '/console/agreements';

/** Returns the address of a version. */
export const pathOfVersion = ({ agreementId, agreementVersion }: AgreementPlace): string =>
  `${agreementsPath}/${agreementId}/${agreementVersion}`;

/** Reads which version the address names. */
export const placeOf = (ctx: Context): AgreementPlace => ({
  agreementId: parameter(ctx, 'id'),
  agreementVersion: Number(parameter(ctx, 'number')),
});

/** Reads the version the address names. Throws agreement-missing. */
export const readFile = async (ctx: Context, { recognition }: ConsoleDeps): Promise<AgreementFile> => {
  const place = placeOf(ctx);
  if (!Number.isSafeInteger(place.agreementVersion)) throw new AppError('agreement-missing');
  return recognition.readAgreement(place);
};

/** Returns the present, as the console tells it. */
export const nowOf = ({ nowSeconds }: Pick<ConsoleDeps, 'nowSeconds'>): Date => new Date(nowSeconds() * 1000);

/** Returns the other side; of a framework, which has one party, that one. */
export const otherOf = (
  { issuer }: Pick<ConsoleDeps, 'issuer'>,
  { document: { parties } }: Agreement,
): Party => parties.find(({ entityId }) => entityId !== issuer) ?? parties[0];

/**
 * Lists what requests under an agreement bear: its own identifier, or, of a framework and of what joined it, those of this
 * region with each member it is about.
 */
export const identifiersUnder = async (
  { recognition }: Pick<ConsoleDeps, 'recognition'>,
  agreementId: string,
): Promise<string[]> => {
  const pairs = await recognition.listPairs();
  const under = pairs.filter(({ own, otherId, frameworkId }) =>
    [own.id, otherId, frameworkId].includes(agreementId),
  );
  return under.length === 0 ? [agreementId] : under.map((pair) => pair.agreementId);
};

/** Writes a digest or thumbprint for people. */
export const fingerprintOf = (digest: string): Fingerprint => {
  const { groups, words } = speakThumbprint(digest);
  return { groups: groups.join(' '), words: words.map((group) => group.join(' ')).join(', ') };
};

const healthOf = (issuer: string, agreement: Agreement, now: Date): Health => {
  const { heardAt, isBehind, document } = agreement;
  const ageSeconds =
    heardAt === null ? 0 : Math.max(0, Math.round((now.getTime() - heardAt.getTime()) / 1000));
  if (document.parties.every(({ entityId }) => entityId === issuer))
    return { state: 'own', heardAt, ageSeconds };
  if (heardAt === null) return { state: 'never', heardAt, ageSeconds };
  if (isBehind) return { state: 'behind', heardAt, ageSeconds };
  return { state: isFresh(agreement, now) ? 'fresh' : 'stale', heardAt, ageSeconds };
};

/** Says how an agreement stands, as lists and pages show it. */
export const rowOf = (deps: ConsoleDeps, agreement: Agreement): AgreementRow => {
  const { id: agreementId, version } = agreement.document;
  const { name, regionCode } = otherOf(deps, agreement);
  return {
    href: pathOfVersion({ agreementId, agreementVersion: version }),
    name,
    region: regionCode,
    version,
    state: stateOf(agreement, nowOf(deps)),
    health: healthOf(deps.issuer, agreement, nowOf(deps)),
  };
};
