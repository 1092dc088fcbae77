import type { VNode } from 'preact';
import type { MandateView } from '../../src/identity/index.ts';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, textOf } from '../text/index.ts';
import { actsOf, MandateList } from './mandates.tsx';

export interface MandatePageProps {
  context: PageContext;
  csrf: string;
  /** Takes `csrf` and `decision`: accept or refuse. */
  action: string;
  endHref: string;
  backHref: string;
  mandate: MandateView;
  /** Names of the service items; empty: all. */
  items: readonly string[];
}

const Terms = ({ context, mandate, items }: MandatePageProps): VNode => {
  const { mandates: words } = textOf(context.language);
  const { state, expiresAt, answerBy, isProved } = mandate;
  const listed = items.join(context.language === 'zh' ? '、' : ', ');
  const until = expiresAt === null ? words.noEnd : momentOf(context.language, expiresAt);
  const rows: [string, string][] = [
    [words.state, words.states[state]],
    [words.items, listed || words.allItems],
    [words.until, until],
  ];
  if (state === 'offered' && answerBy !== null)
    rows.push([words.answerBy, momentOf(context.language, answerBy)]);
  return (
    <>
      <dl>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isProved && <p class="hint">{words.proved}</p>}
    </>
  );
};

/** Renders one mandate: to be answered, seen, or ended. */
export const MandatePage = (props: MandatePageProps): VNode => {
  const { context, csrf, action, endHref, backHref, mandate } = props;
  const text = textOf(context.language);
  const { mandates: words } = text;
  const title = mandate.awaitsAnswer ? words.answer.title : words.one;
  const meaning = mandate.isAgent
    ? fill(words.answer.asAgent, { name: mandate.principalName })
    : fill(words.answer.asPrincipal, { name: mandate.agentName });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p class="lead">{actsOf(text, mandate)}</p>
      <Terms {...props} />
      {mandate.awaitsAnswer && (
        <form method="post" action={action}>
          <p>{meaning}</p>
          <Hidden values={{ csrf }} />
          <div class="pair">
            <Button name="decision" value="accept">
              {words.answer.accept}
            </Button>
            <Button name="decision" value="refuse">
              {words.answer.refuse}
            </Button>
          </div>
        </form>
      )}
      <div class="stack">
        {mandate.mayRevoke && !mandate.awaitsAnswer && (
          <ActionLink href={endHref} kind="secondary">
            {words.end}
          </ActionLink>
        )}
        <ActionLink href={backHref}>{words.back}</ActionLink>
      </div>
    </Layout>
  );
};

export interface OrganisationPageProps {
  context: PageContext;
  name: string;
  maskedCreditCode: string;
  members: readonly MandateView[];
  inviteHref: string;
  backHref: string;
}

/** Renders an organisation to who manages it. */
export const OrganisationPage = (props: OrganisationPageProps): VNode => {
  const { context, name, maskedCreditCode, members, inviteHref, backHref } = props;
  const { mandates } = textOf(context.language);
  const words = mandates.organisation;
  return (
    <Layout context={context} title={name}>
      <h1>{name}</h1>
      <dl>
        <div>
          <dt>{words.code}</dt>
          <dd class="code">{maskedCreditCode}</dd>
        </div>
      </dl>
      <h2>{words.members}</h2>
      {members.length === 0 ? <p>{words.noMembers}</p> : <MandateList context={context} mandates={members} />}
      <div class="stack">
        <ActionLink href={inviteHref} kind="secondary">
          {words.invite}
        </ActionLink>
        <ActionLink href={backHref}>{mandates.back}</ActionLink>
      </div>
    </Layout>
  );
};
