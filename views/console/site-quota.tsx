import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { Remark, WaysOn } from './parts.tsx';

export interface SiteQuotaPageProps {
  context: PageContext;
  csrf: string;
  path: string;
  backHref: string;
  name: string;
  /** The quota as it is. */
  perMinute: number;
  /** As typed so far. */
  wanted: string;
  reason: string;
  error?: string;
}

/** Renders the form that proposes another quota for a site; it takes `csrf`, `per_minute` and `reason`. */
export const SiteQuotaPage = (props: SiteQuotaPageProps): VNode => {
  const { context, error, wanted, reason } = props;
  const text = textOf(context.language);
  const words = text.siteHealth;
  const title = fill(words.quotaTitle, { name: props.name });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{fill(words.quotaLead, { perMinute: String(props.perMinute) })}</p>
      <form method="post" action={props.path}>
        <Hidden values={{ csrf: props.csrf }} />
        <Field
          text={text}
          name="per_minute"
          label={words.perMinute}
          hint={words.perMinuteHint}
          value={wanted}
          autocomplete="off"
          digits
          maxLength={7}
        />
        <Remark
          name="reason"
          label={text.onboarding.form.reason}
          hint={text.onboarding.form.reasonHint}
          value={reason}
        />
        <Button>{words.submit}</Button>
      </form>
      <WaysOn context={context} back={{ href: props.backHref, label: text.onboarding.backToSite }} />
    </Layout>
  );
};
