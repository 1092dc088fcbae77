import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { plainName } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { textOf } from '../text/index.ts';

export interface QrApprovePageProps {
  context: PageContext;
  csrf: string;
  /** Takes `csrf`, `number` and `response` (JSON of the assertion). */
  action: string;
  denyAction: string;
  /** WebAuthn request options, as JSON. */
  options: object;
  /** Without one the person cannot approve here. */
  hasPasskey: boolean;
  site: string;
  /** The network address of the other browser, masked. */
  network: string;
  /** Where that is; absent where the region knows no places. */
  place?: string;
  browser: string;
  askedAt: Date;
  error?: string;
}

const Details = ({ context, site, network, place, browser, askedAt }: QrApprovePageProps): VNode => {
  const { places, qr } = textOf(context.language);
  const words = qr.approve;
  const rows = [
    { name: words.site, value: plainName(site) },
    { name: words.browser, value: browser },
    { name: words.network, value: network },
    ...(place === undefined ? [] : [{ name: places.label, value: place }]),
    { name: words.time, value: momentOf(context.language, askedAt) },
  ];
  return (
    <>
      <dl>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{words.networkHint}</p>
      {place !== undefined && <p class="hint">{places.hint}</p>}
    </>
  );
};

const ApproveForm = ({ context, csrf, action, options }: QrApprovePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.qr.approve;
  return (
    <>
      <PasskeyNotices noScript={words.noScript} title={text.signIn.failedTitle} failed={words.failed} />
      <form id="passkey-form" method="post" action={action} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, response: '' }} />
        <Field
          text={text}
          name="number"
          label={words.number}
          hint={words.numberHint}
          autocomplete="off"
          digits
        />
        <Button>{words.button}</Button>
      </form>
    </>
  );
};

/** Renders who wants to sign in by a scanned code, for the person to approve or to refuse. */
export const QrApprovePage = (props: QrApprovePageProps): VNode => {
  const { context, csrf, denyAction, hasPasskey, error } = props;
  const words = textOf(context.language).qr.approve;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined} passkeys>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Details {...props} />
      {hasPasskey ? (
        <ApproveForm {...props} />
      ) : (
        <>
          <p>{words.noPasskey}</p>
          <ActionLink href="/my/passkeys/add" kind="secondary">
            {words.addPasskey}
          </ActionLink>
        </>
      )}
      <form method="post" action={denyAction}>
        <Hidden values={{ csrf }} />
        <Button kind="danger">{words.deny}</Button>
      </form>
      <p class="hint">{words.denyHint}</p>
    </Layout>
  );
};

/** Renders what the person's answer came to. */
export const QrAnsweredPage = ({
  context,
  answer,
}: {
  context: PageContext;
  answer: 'approved' | 'denied';
}): VNode => {
  const { answered } = textOf(context.language).qr;
  return (
    <Layout context={context} title={answered[answer].title}>
      <h1>{answered[answer].title}</h1>
      <p class="lead">{answered[answer].text}</p>
      {answer === 'denied' && (
        <ActionLink href="/my/passkeys" kind="secondary">
          {answered.look}
        </ActionLink>
      )}
      <ActionLink href="/my" kind="secondary">
        {textOf(context.language).portal.backHome}
      </ActionLink>
    </Layout>
  );
};
