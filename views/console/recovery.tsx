import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { Fact, Remark, WaysOn } from './parts.tsx';

export interface FindAccountPageProps {
  context: PageContext;
  /** The form takes `csrf` and `number`. */
  csrf: string;
  error?: string;
}

/** Renders the form by which an officer finds whose account is to be recovered; the number is never in an address. */
export const FindAccountPage = ({ context, csrf, error }: FindAccountPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recovery.officers;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'number', text: error }]} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="post" action="/console/recoveries">
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="number"
          label={text.recovery.number}
          hint={text.recovery.numberHint}
          error={error}
          autocomplete="off"
          maxLength={40}
          code
        />
        <Button>{words.find}</Button>
      </form>
      <WaysOn context={context} />
    </Layout>
  );
};

export interface RecoverAccountPageProps {
  context: PageContext;
  csrf: string;
  /** This page; it takes `csrf`, `checked` and `reason`. */
  href: string;
  /** Nothing of the person is shown: their card is at hand. */
  accountId: string;
  /** When what is under way for the account can be completed. */
  pendingReadyAt: Date | null;
  /** Where the officer makes the slip, when it is theirs to make. */
  slipHref: string | null;
  reason: string;
  error?: string;
}

const Proposal = (props: RecoverAccountPageProps): VNode => {
  const words = textOf(props.context.language).recovery.officers;
  return (
    <form method="post" action={props.href}>
      <Hidden values={{ csrf: props.csrf }} />
      <label class="choice">
        <input type="checkbox" name="checked" value="yes" />
        <span>{words.checked}</span>
      </label>
      <Remark name="reason" label={words.reason} hint={words.reasonHint} value={props.reason} />
      <Button>{words.propose}</Button>
    </form>
  );
};

/** Renders the account that was found, and the form that has another officer approve. */
export const RecoverAccountPage = (props: RecoverAccountPageProps): VNode => {
  const { context, accountId, pendingReadyAt, slipHref, error } = props;
  const words = textOf(context.language).recovery.officers;
  return (
    <Layout context={context} title={words.oneTitle} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.oneTitle}</h1>
      <dl>
        <Fact name={words.account} value={accountId} code />
      </dl>
      {pendingReadyAt !== null && (
        <Notice>
          <p>{fill(words.pending, { date: momentOf(context.language, pendingReadyAt) })}</p>
          <ActionLink href={slipHref ?? undefined} kind="secondary">
            {words.slip}
          </ActionLink>
        </Notice>
      )}
      {slipHref === null && <Proposal {...props} />}
      <WaysOn context={context} back={{ href: '/console/recoveries', label: words.back }} />
    </Layout>
  );
};

export interface RecoverySlipPageProps {
  context: PageContext;
  csrf: string;
  /** This page; it takes `csrf`. */
  href: string;
  slip: { code: string; readyAt: Date; readyAloneAt: Date; expiresAt: Date; address: string } | null;
  error?: string;
}

/** Renders the slip with its code, this once; before that, what it is. */
export const RecoverySlipPage = ({ context, csrf, href, slip, error }: RecoverySlipPageProps): VNode => {
  const words = textOf(context.language).recovery.officers;
  const date = (at: Date): string => momentOf(context.language, at);
  return (
    <Layout context={context} title={words.slipTitle} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.slipTitle}</h1>
      <p>{words.slipLead}</p>
      {slip === null ? (
        <form method="post" action={href}>
          <Hidden values={{ csrf }} />
          <Button>{words.make}</Button>
        </form>
      ) : (
        <Notice title={words.slipCode}>
          <p class="code">{slip.code}</p>
          <p>{fill(words.slipReady, { date: date(slip.readyAt) })}</p>
          <p>{fill(words.slipAlone, { date: date(slip.readyAloneAt) })}</p>
          <p>{fill(words.slipUntil, { date: date(slip.expiresAt), address: slip.address })}</p>
        </Notice>
      )}
      <WaysOn context={context} back={{ href: '/console/recoveries', label: words.back }} />
    </Layout>
  );
};
