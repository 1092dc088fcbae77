import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { RecoveryHelp } from './form.tsx';

export interface RecoveryStatusPageProps {
  context: PageContext;
  csrf: string;
  state: 'waiting' | 'phone' | 'ready';
  readyAt: Date;
  readyAloneAt: Date;
  expiresAt: Date;
  /** The account's telephone, masked; null when no code can be sent to one. */
  maskedPhone: string | null;
  /** The code to go on by; only right after it was made. */
  code: string | null;
}

const Next = (props: RecoveryStatusPageProps): VNode => {
  const { context, csrf, state, maskedPhone } = props;
  const words = textOf(context.language).recovery.status;
  if (state === 'ready')
    return (
      <ActionLink href="/recover/passkey" kind="primary">
        {words.add}
      </ActionLink>
    );
  if (state === 'waiting' || maskedPhone === null)
    return <ActionLink href="/recover/status">{words.again}</ActionLink>;
  return (
    <form method="post" action="/recover/phone">
      <p>{fill(words.phone, { phone: maskedPhone })}</p>
      <Hidden values={{ csrf }} />
      <Button>{words.send}</Button>
    </form>
  );
};

/** Renders where a recovery stands: how long to wait, what to show, or the way to the new passkey. */
export const RecoveryStatusPage = (props: RecoveryStatusPageProps): VNode => {
  const { context, state, readyAt, readyAloneAt, expiresAt, code } = props;
  const words = textOf(context.language).recovery.status;
  const title = { waiting: words.titleWaiting, phone: words.titlePhone, ready: words.titleReady }[state];
  const date = (at: Date): { date: string } => ({ date: momentOf(context.language, at) });
  const isAloneLater = state !== 'ready' && readyAloneAt > readyAt;
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      {state === 'waiting' && <p class="lead">{fill(words.waiting, date(readyAt))}</p>}
      {isAloneLater && <p>{fill(words.alone, date(readyAloneAt))}</p>}
      {code !== null && (
        <Notice title={words.keyTitle}>
          <p class="code">{code}</p>
          <p>{words.key}</p>
        </Notice>
      )}
      <Next {...props} />
      <p class="hint">{fill(words.until, date(expiresAt))}</p>
      <p class="hint">{words.meanwhile}</p>
      <RecoveryHelp context={context} backHref="/recover" />
    </Layout>
  );
};
