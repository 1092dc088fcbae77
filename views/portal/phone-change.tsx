import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

/** A change of telephone that waits, as its owner sees it. */
export interface ShownPhoneChange {
  maskedPhone: string;
  askedAt: Date;
  dueAt: Date;
}

/** Renders what waits, with the one press that stops it. */
export const PhoneChangeNotice = ({
  context,
  csrf,
  change,
}: {
  context: PageContext;
  csrf: string;
  change: ShownPhoneChange;
}): VNode => {
  const { language } = context;
  const words = textOf(language).phoneChange.waiting;
  const [asked, due] = [momentOf(language, change.askedAt), momentOf(language, change.dueAt)];
  return (
    <Notice title={words.title}>
      <p>{fill(words.text, { asked, due, phone: change.maskedPhone })}</p>
      <form method="post" action="/my/phone/stop">
        <Hidden values={{ csrf }} />
        <Button kind="danger">{words.stop}</Button>
      </form>
    </Notice>
  );
};

export interface MyPhonePageProps {
  context: PageContext;
  csrf: string;
  maskedPhone: string | null;
  change: ShownPhoneChange | null;
  /** Whether codes can be sent here. */
  isOffered: boolean;
  news: 'changed' | 'stopped' | null;
}

/** Renders the telephone of an account and what waits to take its place. */
export const MyPhonePage = (props: MyPhonePageProps): VNode => {
  const { context, csrf, maskedPhone, change, isOffered, news } = props;
  const { phoneChange: words, portal } = textOf(context.language);
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {news !== null && (
        <Notice>
          <p>{words.news[news]}</p>
        </Notice>
      )}
      <p class="lead">{maskedPhone === null ? words.none : fill(words.present, { phone: maskedPhone })}</p>
      {change !== null && <PhoneChangeNotice context={context} csrf={csrf} change={change} />}
      {change === null && !isOffered && <p>{words.counter}</p>}
      {change === null && isOffered && (
        <ActionLink href="/my/phone/change" kind="secondary">
          {words.change}
        </ActionLink>
      )}
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </Layout>
  );
};

export interface PhoneChangePageProps {
  context: PageContext;
  csrf: string;
  /** Null when there is none to send a code to. */
  maskedPhone: string | null;
  hasPasskey: boolean;
  typed: string;
  /** How long a change by passkey waits, in hours. */
  hours: number;
  error?: string;
}

/** Renders the form that asks for the new number, with one button for each proof; takes `csrf`, `phone`, `way`. */
export const PhoneChangePage = (props: PhoneChangePageProps): VNode => {
  const { context, csrf, maskedPhone, hasPasskey, typed, hours, error } = props;
  const text = textOf(context.language);
  const words = text.phoneChange.form;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'phone', text: error }]} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action="/my/phone/change">
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="phone"
          label={words.phone}
          hint={words.phoneHint}
          error={error}
          value={typed}
          autocomplete="tel-national"
        />
        {maskedPhone !== null && (
          <>
            <p>{fill(words.withOld, { phone: maskedPhone })}</p>
            <Button name="way" value="old-phone">
              {words.withOldButton}
            </Button>
          </>
        )}
        <p>{fill(hasPasskey ? words.withPasskey : words.noPasskey, { hours: String(hours) })}</p>
        {hasPasskey && (
          <Button kind="secondary" name="way" value="passkey">
            {words.withPasskeyButton}
          </Button>
        )}
      </form>
      <ActionLink href="/my/phone">{words.cancel}</ActionLink>
    </Layout>
  );
};
