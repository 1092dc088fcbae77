import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { languageMark, plainName } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

interface FormProps {
  context: PageContext;
  /** Takes `xsrf` and `user_code`, and of the second page `confirm` or `abort`. */
  action: string;
  xsrf: string;
  code: string;
}

export interface DeviceEnterPageProps extends FormProps {
  fault: 'unknown' | 'over' | 'limit' | null;
  waitMinutes: number;
}

/** Renders the page that takes the code on a kiosk's screen. */
export const DeviceEnterPage = (props: DeviceEnterPageProps): VNode => {
  const { context, action, xsrf, code, fault, waitMinutes } = props;
  const text = textOf(context.language);
  const words = text.device.enter;
  return (
    <Layout context={context} title={words.title} wrong={fault !== null}>
      {fault !== null && (
        <Notice kind="error">
          <p>{fill(words.faults[fault], { waitMinutes: String(waitMinutes) })}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ xsrf }} />
        <Field
          text={text}
          name="user_code"
          label={words.code}
          hint={words.codeHint}
          value={code}
          maxLength={20}
          autocomplete="off"
          code
        />
        <Button>{words.button}</Button>
      </form>
    </Layout>
  );
};

export interface DeviceConfirmPageProps extends FormProps {
  place: string;
  department: string;
  purpose: string;
}

/** Renders which kiosk asks, for the person to compare; to refuse stands as large as to go on. */
export const DeviceConfirmPage = (props: DeviceConfirmPageProps): VNode => {
  const { context, action, xsrf, code, place, department, purpose } = props;
  const words = textOf(context.language).device.confirm;
  const rows = [
    { name: words.place, value: place },
    { name: words.site, value: siteNameOf(context) },
    { name: words.department, value: plainName(department) },
    { name: words.purpose, value: purpose },
  ];
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        {words.code} <strong class="code">{code}</strong>
      </p>
      <dl>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd lang={languageMark(context.language, value)}>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{words.warning}</p>
      <form method="post" action={action}>
        <Hidden values={{ xsrf, user_code: code }} />
        <div class="pair">
          <Button name="confirm" value="yes">
            {words.yes}
          </Button>
          <Button kind="secondary" name="abort" value="yes">
            {words.no}
          </Button>
        </div>
      </form>
    </Layout>
  );
};

/** Renders what the person's answer came to; what happens next is on the kiosk's screen. */
export const DeviceAnsweredPage = ({
  context,
  answer,
}: {
  context: PageContext;
  answer: 'done' | 'refused';
}): VNode => {
  const text = textOf(context.language);
  const { title, lead } = text.device[answer];
  const after =
    answer === 'done'
      ? text.device.done.leave
      : fill(text.device.refused.help, { helpLine: context.helpLine });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p class="lead">{fill(lead, { site: siteNameOf(context) })}</p>
      <p>{after}</p>
      <ActionLink href="/my" kind="secondary">
        {text.home.my}
      </ActionLink>
    </Layout>
  );
};
