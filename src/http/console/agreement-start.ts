import type { Context } from 'koa';
import type { DraftPlace } from '../../../views/console/agreement-draft.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { AppError } from '../../base/error.ts';
import type { AgreementContent, AgreementFile, AgreementPlace } from '../../recognition/index.ts';
import { regionPrefixOf } from '../../terms/region-code.ts';
import { pageContext } from '../context.ts';
import { agreementsPath, pathOfVersion, readFile } from './agreement-file.ts';
import type { Side } from './agreement-form.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

/** What a draft starts from: a version that the address names, or nothing. */
export interface Start {
  place: DraftPlace;
  file: AgreementFile | null;
}

/** Reads what a draft starts from. Throws agreement-missing. */
export const startOf = async (ctx: Context, deps: ConsoleDeps): Promise<Start> => {
  if (!('number' in ((ctx as { params?: object }).params ?? {})))
    return { place: { purpose: 'new', base: agreementsPath }, file: null };
  const file = await readFile(ctx, deps);
  const { agreement, draftedBy } = file;
  const isDraft = agreement.signedBy.length === 0 && draftedBy !== null;
  const base = pathOfVersion({
    agreementId: parameter(ctx, 'id'),
    agreementVersion: agreement.document.version,
  });
  return { place: { purpose: isDraft ? 'again' : 'next', base }, file };
};

/** Returns this region as it stands in agreements, and all others that could be the other side. */
export const sidesOf = async (deps: ConsoleDeps): Promise<{ own: Side; peers: Side[] }> => {
  const { issuer: entityId, regionCode, settings, recognition, crypto } = deps;
  const [{ current: agreementKey }, peers] = await Promise.all([
    crypto.agreementKeys.load(),
    recognition.listPeers(),
  ]);
  const own = { entityId, regionCode, regionPrefix: regionPrefixOf(regionCode), name: settings.regionName };
  const others = peers.flatMap(({ _id, state, keys: [key], ...peer }) =>
    state === 'blocked' || key === undefined
      ? []
      : [
          {
            entityId: _id,
            regionCode: peer.regionCode,
            regionPrefix: peer.regionPrefix,
            name: peer.name,
            agreementKey: key,
          },
        ],
  );
  return { own: { ...own, agreementKey }, peers: others };
};

/**
 * Keeps a draft as its start says: as a new agreement, in place of the draft, or as the next version. Throws
 * agreement-document-invalid, agreement-changed.
 */
export const keepDraft = async (
  deps: ConsoleDeps,
  { officerId }: Visit,
  { place: { purpose }, file }: Start,
  content: AgreementContent,
): Promise<AgreementPlace> => {
  const { recognition } = deps;
  if (file === null) return recognition.draftAgreement({ content, after: null, actor: officerId });
  const { id: agreementId, version: agreementVersion } = file.agreement.document;
  if (purpose === 'again')
    return recognition.redraftAgreement({ agreementId, agreementVersion, content, actor: officerId });
  const [newest] = await recognition.findVersions(agreementId);
  if (newest?.document.version !== agreementVersion) throw new AppError('agreement-changed');
  return recognition.draftAgreement({ content, after: agreementId, actor: officerId });
};

/** Does what a form asks for; what is refused comes back as an error of the field named, null when it was done. */
export const refusalOf = async (
  ctx: Context,
  deps: ConsoleDeps,
  at: string,
  deed: () => Promise<void>,
): Promise<FieldError[] | null> => {
  try {
    await deed();
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return [{ field: at, text: error.text(pageContext(ctx, deps.settings).language) }];
  }
};
