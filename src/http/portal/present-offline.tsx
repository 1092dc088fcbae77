import { OfflineCodePage } from '../../../views/portal/present-offline.tsx';
import { AppError } from '../../base/error.ts';
import type { OfflineCode, Presentations } from '../../directory/index.ts';
import { showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import { certificatePath } from './certificates.tsx';
import type { PortalDeps } from './deps.ts';
import { holderOf } from './person.ts';
import { drawChoice, identifierOf, ownType, tickedFields } from './present.tsx';
import type { PortalPage } from './visit.ts';

/** Who reads an offline code: it works wherever it is shown, so which counter it was cannot be known. */
const offlineCounter = {
  kind: 'department',
  id: 'offline-counter',
  name: {
    zh: '没有网络的窗口（哪个窗口无从得知）',
    en: 'A counter without a network (which one cannot be known)',
  },
} as const;

/**
 * Shows a code that holds what was ticked, for a counter without a network. Its row of the ledger is written before it
 * goes out, and only for a code that came about. What does not fit is said on the page of the choice.
 */
export const showOfflineCode: PortalPage = async (ctx, deps, visit) => {
  const { accountId, csrf } = visit;
  const person = await holderOf(deps, visit);
  const { holder, holderIndex } = person;
  const [identifier, fields] = [identifierOf(ctx), tickedFields(ctx)];
  const code = await tryCode(deps, { identifier, accountId, holder, fields });
  if (code instanceof AppError) return drawChoice(ctx, deps, visit, { error: code, ticked: fields });
  await deps.consent.recordAccess({
    person: { accountId, holderIndex },
    reader: offlineCounter,
    what: { certificateIdentifier: identifier, fields: ['name', ...fields] },
    cause: { purpose: '在没有网络的窗口出示' },
    basis: { kind: 'consent', authorisationId: `offline-${code.codeId}` },
    outcome: { kind: 'granted' },
    channel: 'kiosk',
  });
  const [qrImage, type] = await Promise.all([drawQr(code.text, 'L'), ownType(ctx, deps, person)]);
  const path = certificatePath(identifier);
  showPage(
    ctx,
    deps,
    (context) => (
      <OfflineCodePage
        context={context}
        csrf={csrf}
        action={`${path}/offline`}
        choiceHref={`${path}/present`}
        backHref={path}
        typeName={type.name[context.language]}
        qrImage={qrImage}
        ttlSeconds={code.ttlSeconds}
        shown={type.fields
          .filter(({ name }) => fields.includes(name))
          .map(({ name, label }) => ({ name, label: label[context.language] }))}
      />
    ),
    // This page is the answer to a form: language and size lead to where it can be asked for again.
    `${path}/present`,
  );
};

const tryCode = async (
  { presentations }: PortalDeps,
  asked: Parameters<Presentations['presentOffline']>[0],
): Promise<OfflineCode | AppError> => {
  try {
    return await presentations.presentOffline(asked);
  } catch (error) {
    if (error instanceof AppError && error.code === 'offline-too-long') return error;
    throw error;
  }
};
