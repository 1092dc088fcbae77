import type { Context } from 'koa';
import { momentOf } from '../../../views/parts/moment.ts';
import { WalletOfferPage, WalletsPage, type WalletsPageProps } from '../../../views/portal/wallet.tsx';
import { AppError } from '../../base/error.ts';
import { isWallet, type Site } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import { certificatePath } from './certificates.tsx';
import type { PortalDeps } from './deps.ts';
import { holderOf } from './person.ts';
import { identifierOf, ownType } from './present.tsx';
import type { PortalPage, Visit } from './visit.ts';

const walletsOf = async ({ sites }: PortalDeps): Promise<Site[]> =>
  (await sites.list()).filter((site) => site.enabled && isWallet(site));

const drawWallets = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  notice?: WalletsPageProps['notice'],
): Promise<void> => {
  const [type, wallets] = await Promise.all([
    ownType(ctx, deps, await holderOf(deps, visit)),
    walletsOf(deps),
  ]);
  const backHref = certificatePath(identifierOf(ctx));
  const action = `${backHref}/wallet`;
  const draw = (context: WalletsPageProps['context']) => (
    <WalletsPage
      context={context}
      csrf={visit.csrf}
      typeName={type.name[context.language]}
      action={action}
      backHref={backHref}
      wallets={wallets.map(({ clientId, name }) => ({ clientId, name: name[context.language] }))}
      {...(notice === undefined ? {} : { notice })}
    />
  );
  showPage(ctx, deps, draw, action);
};

/** Shows which wallets can take a certificate. */
export const showWallets: PortalPage = (ctx, deps, visit) => drawWallets(ctx, deps, visit);

/** Makes an offer for the wallet chosen and shows it, once: its code stands in no address. */
export const makeOffer: PortalPage = async (ctx, deps, visit) => {
  const identifier = identifierOf(ctx);
  const type = await ownType(ctx, deps, await holderOf(deps, visit));
  const described = await deps.directory.describe(identifier);
  if (described?.summary.state !== 'valid') throw new AppError('credential-of-no-use');
  const clientId = field(ctx, 'wallet');
  const wallet = (await walletsOf(deps)).find((site) => site.clientId === clientId);
  const { accountId } = visit;
  const kindId = deps.kindIdOf(type.code, type.version);
  const offer =
    wallet === undefined ? null : await deps.walletOffers.offer({ accountId, clientId, identifier, kindId });
  if (wallet === undefined || offer === null) {
    ctx.status = 409;
    return drawWallets(ctx, deps, visit, 'notNow');
  }
  const { uri, txCode, ttlSeconds, grantId } = offer;
  const qrImage = await drawQr(uri, 'L');
  const until = new Date((deps.nowSeconds() + ttlSeconds) * 1000);
  const backHref = certificatePath(identifier);
  const draw = (context: WalletsPageProps['context']) => (
    <WalletOfferPage
      context={context}
      csrf={visit.csrf}
      typeName={type.name[context.language]}
      action={`${backHref}/wallet`}
      backHref={backHref}
      wallet={wallet.name[context.language]}
      qrImage={qrImage}
      uri={uri}
      txCode={txCode}
      until={momentOf(context.language, until)}
      grantId={grantId}
    />
  );
  showPage(ctx, deps, draw, `${backHref}/wallet`);
};

/** Takes an offer back. */
export const cancelOffer: PortalPage = async (ctx, deps, visit) => {
  await deps.walletOffers.cancel({ accountId: visit.accountId, grantId: field(ctx, 'grant') });
  await drawWallets(ctx, deps, visit, 'cancelled');
};
