import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { languageMark } from '../parts/name.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface ActingPageProps {
  context: PageContext;
  /** Takes `csrf` and `choice`: `self`, or the mandate chosen. */
  action: string;
  csrf: string;
  abortAction: string;
  choices: readonly { mandateId: string; name: string; role: keyof Text['mandates']['roles'] }[];
  /** Whether the site takes people who act for themselves. */
  maySelf: boolean;
}

/** Renders the one choice: for whom the person acts this time. */
export const ActingPage = (props: ActingPageProps): VNode => {
  const { context, action, csrf, abortAction, choices, maySelf } = props;
  const text = textOf(context.language).mandates;
  const words = text.acting;
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.lead, { site: siteNameOf(context) })}</p>
      {choices.length === 0 && (
        <>
          <p>{words.none}</p>
          <p class="hint">{words.noneHint}</p>
          <ActionLink href="/my/mandates" kind="secondary">
            {words.manage}
          </ActionLink>
        </>
      )}
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <ul class="items" aria-label={words.title}>
          {maySelf && (
            <li>
              <Button kind="secondary" name="choice" value="self">
                {words.self}
              </Button>
            </li>
          )}
          {choices.map(({ mandateId, name, role }) => (
            <li key={mandateId}>
              <Button kind="secondary" name="choice" value={mandateId}>
                <span lang={languageMark(context.language, name)}>
                  {fill(words.forOne, { name, role: text.roles[role] })}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      </form>
      <AbortForm context={context} action={abortAction} csrf={csrf} />
    </Layout>
  );
};
