import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

export interface OfflineCodePageProps {
  context: PageContext;
  csrf: string;
  /** Where the same choice is sent for another code. */
  action: string;
  choiceHref: string;
  backHref: string;
  typeName: string;
  /** The QR code as an image of its own (data: URL). */
  qrImage: string;
  ttlSeconds: number;
  /** What stands in the code. */
  shown: readonly { name: string; label: string }[];
}

/** Renders a code for a counter without a network; a script hides it when it has ended, and another is asked for by hand. */
export const OfflineCodePage = (props: OfflineCodePageProps): VNode => {
  const { context, csrf, action, choiceHref, backHref, typeName, qrImage, ttlSeconds, shown } = props;
  const words = textOf(context.language).portal.offline;
  return (
    <Layout context={context} title={words.title} presenting>
      <h1>{fill(words.heading, { type: typeName })}</h1>
      <Notice kind="error" id="code-ended" title={words.endedTitle} hidden>
        <p>{words.endedText}</p>
      </Notice>
      <p class="qr" id="code" data-seconds={ttlSeconds}>
        <img src={qrImage} alt={words.qrAlt} width={344} height={344} />
      </p>
      <p>{fill(words.lasts, { minutes: String(ttlSeconds / 60) })}</p>
      <h2>{words.shown}</h2>
      <ul>
        <li>{words.always}</li>
        {shown.map(({ name, label }) => (
          <li key={name}>{label}</li>
        ))}
      </ul>
      <p class="hint">{words.readable}</p>
      <p class="hint">{words.recorded}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        {shown.map(({ name }) => (
          <input key={name} type="hidden" name="fields" value={name} />
        ))}
        <div class="stack">
          <Button kind="secondary">{words.renew}</Button>
          <ActionLink href={choiceHref}>{words.again}</ActionLink>
          <ActionLink href={backHref}>{words.done}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
