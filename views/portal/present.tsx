import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

export interface ChooseFieldsPageProps {
  context: PageContext;
  csrf: string;
  action: string;
  /** Where the form is sent for a counter without a network. */
  offlineAction: string;
  backHref: string;
  typeName: string;
  /** Why the last choice did not do. */
  error?: string;
  /** What may be shown; `chosen` is ticked at first. */
  fields: readonly { name: string; label: string; chosen: boolean }[];
}

/** Renders the choice of what to show before a certificate is presented. */
export const ChooseFieldsPage = (props: ChooseFieldsPageProps): VNode => {
  const { context, csrf, action, offlineAction, backHref, typeName, fields, error } = props;
  const words = textOf(context.language).portal.present;
  const { offline } = textOf(context.language).portal;
  return (
    <Layout context={context} title={words.chooseTitle} wrong={error !== undefined}>
      <h1>{fill(words.choose, { type: typeName })}</h1>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <p>{words.chooseLead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <fieldset>
          <legend>{words.fields}</legend>
          {fields.map(({ name, label, chosen }) => (
            <label class="choice" key={name}>
              <input type="checkbox" name="fields" value={name} checked={chosen} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <div class="stack">
          <Button>{words.show}</Button>
          <Button kind="secondary" action={offlineAction}>
            {offline.choose}
          </Button>
          <p class="hint">{offline.chooseHint}</p>
          <ActionLink href={backHref}>{words.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};

export interface PresentPageProps {
  context: PageContext;
  typeName: string;
  /** The QR code as an image of its own (data: URL). */
  qrImage: string;
  /** How long this code works; the page asks for the next one before that. */
  ttlSeconds: number;
  refreshHref: string;
  backHref: string;
  /** Labels of what is shown. */
  shown: readonly string[];
}

/** Renders the one-time code that a counter scans; a script renews it, or the link does. */
export const PresentPage = (props: PresentPageProps): VNode => {
  const { context, typeName, qrImage, ttlSeconds, refreshHref, backHref, shown } = props;
  const words = textOf(context.language).portal.present;
  return (
    <Layout context={context} title={words.title} presenting>
      <h1>{fill(words.heading, { type: typeName })}</h1>
      <p>{words.lead}</p>
      <Notice kind="error" id="code-ended" title={words.endedTitle} hidden>
        <p>{words.endedText}</p>
      </Notice>
      <p class="qr" id="code" data-seconds={ttlSeconds} data-next={refreshHref}>
        <img src={qrImage} alt={words.qrAlt} width={264} height={264} />
      </p>
      <p>{fill(words.lasts, { seconds: String(ttlSeconds) })}</p>
      <noscript>
        <p>{words.noScript}</p>
      </noscript>
      <h2>{words.shown}</h2>
      <ul>
        <li>{words.always}</li>
        {shown.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
      <p class="hint">{words.advice}</p>
      <div class="stack">
        <ActionLink href={refreshHref} kind="secondary">
          {words.renew}
        </ActionLink>
        <ActionLink href={backHref}>{words.done}</ActionLink>
      </div>
    </Layout>
  );
};
