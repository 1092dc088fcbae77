import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

interface Shared {
  context: PageContext;
  csrf: string;
  typeName: string;
  /** Where forms go; `/cancel` below it takes an offer back. */
  action: string;
  backHref: string;
}

export interface WalletsPageProps extends Shared {
  wallets: readonly { clientId: string; name: string }[];
  /** What became of the last form. */
  notice?: 'cancelled' | 'notNow';
}

/** Renders the choice of the wallet that shall take a certificate. */
export const WalletsPage = (props: WalletsPageProps): VNode => {
  const { context, csrf, typeName, action, backHref, wallets, notice } = props;
  const words = textOf(context.language).wallet;
  return (
    <Layout context={context} title={words.title} wrong={notice === 'notNow'}>
      {notice && (
        <Notice kind={notice === 'notNow' ? 'error' : 'plain'}>
          <p>{words[notice]}</p>
        </Notice>
      )}
      <h1>{fill(words.heading, { type: typeName })}</h1>
      <p>{words.lead}</p>
      {wallets.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <form method="post" action={action}>
          <Hidden values={{ csrf }} />
          <fieldset>
            <legend>{words.wallets}</legend>
            {wallets.map(({ clientId, name }, i) => (
              <label class="choice" key={clientId}>
                <input type="radio" name="wallet" value={clientId} checked={i === 0} />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
          <Button>{words.make}</Button>
        </form>
      )}
      <ActionLink href={backHref}>{words.back}</ActionLink>
    </Layout>
  );
};

export interface WalletOfferPageProps extends Shared {
  wallet: string;
  /** The QR code as an image of its own (data: URL), and the address in it. */
  qrImage: string;
  uri: string;
  txCode: string;
  /** The time of day until which it works. */
  until: string;
  /** What the offer is cancelled by. */
  grantId: string;
}

/** Renders an offer for a wallet: to scan, or to open on this device, with the number to type there. */
export const WalletOfferPage = (props: WalletOfferPageProps): VNode => {
  const { context, csrf, typeName, action, backHref, wallet, qrImage, uri, txCode, until, grantId } = props;
  const words = textOf(context.language).wallet;
  return (
    <Layout context={context} title={words.title}>
      <h1>{fill(words.heading, { type: typeName })}</h1>
      <h2>{fill(words.scan, { wallet })}</h2>
      <p class="qr">
        <img src={qrImage} alt={words.qrAlt} width={264} height={264} />
      </p>
      <p>{fill(words.until, { time: until })}</p>
      <h2>{words.code}</h2>
      <p class="code">
        <strong>{txCode}</strong>
      </p>
      <p class="hint">{words.codeHint}</p>
      <h2>{words.here}</h2>
      <a class="button secondary" href={uri}>
        {words.open}
      </a>
      <form method="post" action={`${action}/cancel`}>
        <Hidden values={{ csrf, grant: grantId }} />
        <div class="stack">
          <Button kind="danger">{words.cancel}</Button>
          <ActionLink href={backHref}>{words.back}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
