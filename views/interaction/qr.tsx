import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

interface FormProps {
  context: PageContext;
  /** Looks what the phone answered. */
  action: string;
  csrf: string;
  abortAction: string;
  signInHref: string;
}

export interface QrPageProps extends FormProps {
  qrImage: string;
  matchNumber: string;
  /** Where the script hears that the phone answered. */
  eventsHref: string;
  /** The person looked, and the phone has not answered. */
  notYet: boolean;
}

const Others = ({ context, csrf, abortAction, signInHref }: FormProps): VNode => (
  <div class="others">
    <ActionLink href={signInHref} kind="secondary">
      {textOf(context.language).qr.otherWay}
    </ActionLink>
    <AbortForm context={context} action={abortAction} csrf={csrf} />
  </div>
);

/** Renders the code that a phone scans, and the number that the phone asks for. */
export const QrPage = (props: QrPageProps): VNode => {
  const { context, action, csrf, qrImage, matchNumber, eventsHref, notYet } = props;
  const words = textOf(context.language).qr;
  return (
    <Layout context={context} title={words.title} siteAbove waiting>
      {notYet && (
        <Notice>
          <p role="status">{words.notYet}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div class="qr">
        <p>
          <img src={qrImage} alt={words.alt} width="240" height="240" />
        </p>
        <p>
          {words.number} <strong class="code">{matchNumber}</strong>
        </p>
      </div>
      <form id="qr-form" method="post" action={action} data-events={eventsHref}>
        <Hidden values={{ csrf }} />
        <Button>{words.confirmed}</Button>
      </form>
      <p class="hint">{words.lasts}</p>
      <Others {...props} />
    </Layout>
  );
};

export interface QrEndedPageProps extends FormProps {
  state: 'expired' | 'number-wrong' | 'denied';
  newHref: string;
}

/** Renders why the code serves no more, with one press to the next. */
export const QrEndedPage = (props: QrEndedPageProps): VNode => {
  const { context, state, newHref } = props;
  const { ended } = textOf(context.language).qr;
  return (
    <Layout context={context} title={ended[state].title} siteAbove>
      <h1>{ended[state].title}</h1>
      <p class="lead">{fill(ended[state].text, { helpLine: context.helpLine })}</p>
      <ActionLink href={newHref} kind="secondary">
        {ended.again}
      </ActionLink>
      <Others {...props} />
    </Layout>
  );
};
