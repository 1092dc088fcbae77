import type { Context } from 'koa';
import { MyPhonePage, PhoneChangePage, type ShownPhoneChange } from '../../../views/portal/phone-change.tsx';
import { PhoneProofPage } from '../../../views/portal/phone-proof.tsx';
import { AppError } from '../../base/error.ts';
import { maskPhone } from '../../base/mask.ts';
import { isKnown } from '../../identity/index.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { profileOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const formPath = '/my/phone/change';
const proofPath = '/my/phone/confirm';

type Way = 'old-phone' | 'passkey';
const wayOf = (text: unknown): Way => (text === 'passkey' ? 'passkey' : 'old-phone');

/** Finds the change that waits, as its owner may see it. */
export const shownPhoneChange = async (
  { identity }: PortalDeps,
  { accountId }: Visit,
): Promise<ShownPhoneChange | null> => {
  const pending = await identity.pendingPhoneChange(accountId);
  if (pending === null) return null;
  const { phone, askedAt, dueAt } = pending;
  return { maskedPhone: maskPhone(phone), askedAt, dueAt };
};

const maskedPhoneOf = async (deps: PortalDeps, visit: Visit): Promise<string | null> => {
  const profile = await profileOf(deps, visit);
  // While nobody is known the telephone is the account: another one is another account.
  if (!isKnown(profile)) throw new AppError('person-not-known');
  return profile.phone === undefined ? null : maskPhone(profile.phone);
};

/** Shows the telephone of the account, and what waits to take its place. */
export const showPhone: PortalPage = async (ctx, deps, visit) => {
  const [maskedPhone, change] = await Promise.all([
    maskedPhoneOf(deps, visit),
    shownPhoneChange(deps, visit),
  ]);
  const news = (['changed', 'stopped'] as const).find((one) => ctx.querystring === one) ?? null;
  showPage(ctx, deps, (context) => (
    <MyPhonePage
      context={context}
      csrf={visit.csrf}
      maskedPhone={maskedPhone}
      change={change}
      isOffered={deps.identity.offers.smsGateway}
      news={news}
    />
  ));
};

const drawForm = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const [maskedPhone, passkeys] = await Promise.all([
    maskedPhoneOf(deps, visit),
    deps.identity.listPasskeys(visit.accountId),
  ]);
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <PhoneChangePage
        context={context}
        csrf={visit.csrf}
        maskedPhone={maskedPhone}
        hasPasskey={passkeys.length > 0}
        typed={field(ctx, 'phone')}
        hours={Math.ceil(deps.phoneChangeSeconds / 3600)}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    formPath,
  );
};

/** Shows the form for the new number. */
export const showPhoneForm: PortalPage = (ctx, deps, visit) => drawForm(ctx, deps, visit);

/** Sends the codes. */
export const beginPhoneChange: PortalPage = async (ctx, deps, visit) => {
  const way = wayOf(field(ctx, 'way'));
  const { accountId, binding } = visit;
  const address = deps.hideAddress(ctx.ip);
  try {
    await deps.identity.beginPhoneChange({ accountId, binding, phone: field(ctx, 'phone'), way, address });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return drawForm(ctx, deps, visit, error);
  }
  seeOther(ctx, `${proofPath}?way=${way}`);
};

const fieldOf = ({ code }: AppError): 'oldCode' | 'newCode' | null =>
  code === 'phone-change-old-code-wrong' ? 'oldCode' : code === 'sms-code-wrong' ? 'newCode' : null;

const drawProof = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  { way, refusal }: { way: Way; refusal?: AppError },
): Promise<void> => {
  const [phone, maskedOld] = await Promise.all([
    deps.identity.awaitedNewPhone(visit),
    maskedPhoneOf(deps, visit),
  ]);
  if (phone === null) return seeOther(ctx, formPath);
  const options = way === 'passkey' ? await deps.identity.beginPhoneChangePasskey(visit) : null;
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <PhoneProofPage
        context={context}
        csrf={visit.csrf}
        maskedNew={maskPhone(phone)}
        maskedOld={way === 'passkey' ? null : maskedOld}
        options={options}
        typed={{ oldCode: field(ctx, 'oldCode'), newCode: field(ctx, 'newCode') }}
        {...(refusal && { error: { field: fieldOf(refusal), text: refusal.text(context.language) } })}
      />
    ),
    `${proofPath}?way=${way}`,
  );
};

/** Shows the form for the codes; back to the start when none is waited for. */
export const showPhoneProof: PortalPage = (ctx, deps, visit) =>
  drawProof(ctx, deps, visit, { way: wayOf(ctx.query['way']) });

/** Changes the telephone by both codes, or asks for it by passkey. */
export const finishPhoneChange: PortalPage = async (ctx, deps, visit) => {
  const { accountId, binding } = visit;
  const way = wayOf(field(ctx, 'way'));
  const newCode = field(ctx, 'newCode');
  try {
    if (way === 'passkey') {
      const response = parseJson(field(ctx, 'response'));
      await deps.identity.askPhoneChange({ accountId, binding, newCode, response });
    } else {
      const oldCode = field(ctx, 'oldCode');
      await deps.identity.finishPhoneChange({ accountId, binding, oldCode, newCode });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const canTryAgain = fieldOf(error) !== null || error.code.startsWith('passkey-');
    return canTryAgain
      ? drawProof(ctx, deps, visit, { way, refusal: error })
      : drawForm(ctx, deps, visit, error);
  }
  seeOther(ctx, way === 'passkey' ? '/my/phone' : '/my/phone?changed');
};

/** Stops the change that waits. */
export const stopPhoneChange: PortalPage = async (ctx, deps, visit) => {
  const isStopped = await deps.identity.stopPhoneChange(visit.accountId);
  seeOther(ctx, isStopped ? '/my/phone?stopped' : '/my/phone');
};
