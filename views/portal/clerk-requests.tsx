import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { languageMark } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { PasskeyNotices } from '../parts/passkey-notices.tsx';
import { fill, textOf } from '../text/index.ts';

/** A clerk's question as the person sees it. */
export interface ShownRequest {
  href: string;
  site: string;
  place: string;
  clerkId: string;
  purpose: string;
  bindingMessage: string;
  askedAt: Date;
}

/** Renders what waits for the person's answer. */
export const ClerkRequestsPage = ({
  context,
  requests,
}: {
  context: PageContext;
  requests: readonly ShownRequest[];
}): VNode => {
  const { clerkRequests: words, portal } = textOf(context.language);
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p role="status">{requests.length === 0 ? words.none : words.lead}</p>
      {requests.length > 0 && (
        <ul class="items">
          {requests.map(({ href, site, purpose, askedAt }) => (
            <li key={href}>
              <a class="target" href={href}>
                {purpose}
              </a>
              <span class="hint">
                {site} · {momentOf(context.language, askedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="stack">
        <ActionLink href="/my/requests" kind="secondary">
          {words.reload}
        </ActionLink>
        <ActionLink href="/my/match-code" kind="secondary">
          {words.matchCode}
        </ActionLink>
        <ActionLink href="/my">{portal.backHome}</ActionLink>
      </div>
    </Layout>
  );
};

/** Renders the code by which a clerk finds the person; null before it is asked for. */
export const MatchCodePage = ({
  context,
  csrf,
  code,
}: {
  context: PageContext;
  csrf: string;
  code: string | null;
}): VNode => {
  const words = textOf(context.language).clerkRequests;
  return (
    <Layout context={context} title={words.match.title}>
      <h1>{words.match.title}</h1>
      <p class="lead">{words.match.lead}</p>
      {code === null ? (
        <form method="post" action="/my/match-code">
          <Hidden values={{ csrf }} />
          <Button>{words.match.make}</Button>
        </form>
      ) : (
        <div role="status">
          <p>{words.match.shown}</p>
          <p class="qr">
            <strong class="code">{`${code.slice(0, 4)} ${code.slice(4)}`}</strong>
          </p>
        </div>
      )}
      <p class="hint">{words.match.lasts}</p>
      <ActionLink href="/my/requests" kind="secondary">
        {words.match.toRequests}
      </ActionLink>
    </Layout>
  );
};

export interface ClerkRequestPageProps {
  context: PageContext;
  csrf: string;
  request: ShownRequest;
  /** What the counter would be given, in words. */
  given: readonly string[];
  /** WebAuthn request options, as JSON. */
  options: object;
  hasPasskey: boolean;
  error?: string;
}

const ApproveForm = ({ context, csrf, request, options }: ClerkRequestPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.clerkRequests.one;
  return (
    <>
      <PasskeyNotices noScript={words.noScript} title={text.signIn.failedTitle} failed={words.failed} />
      <form id="passkey-form" method="post" action={request.href} data-options={JSON.stringify(options)}>
        <Hidden values={{ csrf, response: '' }} />
        <Button>{words.button}</Button>
      </form>
    </>
  );
};

/** Renders one question, to approve by passkey or to refuse. */
export const ClerkRequestPage = (props: ClerkRequestPageProps): VNode => {
  const { context, csrf, request, given, hasPasskey, error } = props;
  const words = textOf(context.language).clerkRequests.one;
  const rows = [
    { name: words.binding, value: request.bindingMessage },
    { name: words.purpose, value: request.purpose },
    { name: words.site, value: request.site },
    { name: words.place, value: request.place },
    { name: words.clerk, value: request.clerkId },
    { name: words.time, value: momentOf(context.language, request.askedAt) },
    { name: words.given, value: given.join(context.language === 'zh' ? '、' : ', ') },
  ];
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined} passkeys>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <dl>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd lang={languageMark(context.language, value)}>{value}</dd>
          </div>
        ))}
      </dl>
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
      <form method="post" action={`${request.href}/refuse`}>
        <Hidden values={{ csrf }} />
        <div class="pair">
          <Button kind="secondary" name="why" value="refused">
            {words.refuse}
          </Button>
          <Button kind="danger" name="why" value="not-me">
            {words.notMe}
          </Button>
        </div>
      </form>
      <p class="hint">{words.refuseHint}</p>
    </Layout>
  );
};

/** Renders what the person's answer came to. */
export const ClerkAnsweredPage = ({
  context,
  answer,
}: {
  context: PageContext;
  answer: 'approved' | 'refused' | 'not-me';
}): VNode => {
  const { clerkRequests, portal } = textOf(context.language);
  const { title, text } = clerkRequests.answered[answer];
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p class="lead">{fill(text, { helpLine: context.helpLine })}</p>
      <ActionLink href="/my" kind="secondary">
        {portal.backHome}
      </ActionLink>
    </Layout>
  );
};
