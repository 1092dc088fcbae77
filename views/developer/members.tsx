import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { fill, textOf } from '../text/index.ts';

export interface MembersPageProps {
  context: PageContext;
  csrf: string;
  /** Where the site’s page is; this one is below it. */
  sitePath: string;
  name: string;
  members: readonly { code: string; isSelf: boolean }[];
  /** A link that was just made; null when none was. */
  link: string | null;
}

/** Renders the developers of a site, and the form that makes an invitation; it takes `csrf`. */
export const MembersPage = ({ context, csrf, sitePath, name, members, link }: MembersPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.siteMembers;
  const title = fill(words.titleOf, { name });
  const own = members.find(({ isSelf }) => isSelf)?.code ?? '';
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      {link !== null && (
        <section aria-labelledby="made">
          <h2 id="made">{words.madeTitle}</h2>
          <p>{words.madeLead}</p>
          <TextArea name="link" label={words.madeTitle} value={link} rows={3} readOnly />
        </section>
      )}
      <p>{words.lead}</p>
      <p>{fill(words.yourCode, { code: own })}</p>
      <ul class="items">
        {members.map(({ code, isSelf }) => (
          <li key={code}>
            <strong class="code">{isSelf ? fill(words.you, { code }) : code}</strong>
            {members.length > 1 && (
              <a class="target" href={`${sitePath}/members/${code}`}>
                {isSelf ? words.leave : fill(words.remove, { code })}
              </a>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action={`${sitePath}/members`}>
        <Hidden values={{ csrf }} />
        <p class="hint">{words.inviteLead}</p>
        <Button kind="secondary">{words.invite}</Button>
      </form>
      <ActionLink href={sitePath}>{text.onboarding.backToSite}</ActionLink>
    </Layout>
  );
};

export interface RemoveMemberPageProps {
  context: PageContext;
  csrf: string;
  sitePath: string;
  name: string;
  code: string;
  isSelf: boolean;
}

/** Renders the question before a developer is removed, or leaves; its form takes `csrf`. */
export const RemoveMemberPage = (props: RemoveMemberPageProps): VNode => {
  const { context, csrf, sitePath, code, isSelf } = props;
  const words = textOf(context.language).siteMembers;
  const title = fill(isSelf ? words.leaveTitle : words.removeTitle, { code, name: props.name });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{isSelf ? words.leaveLead : words.removeLead}</p>
      <form method="post" action={`${sitePath}/members/${code}`}>
        <Hidden values={{ csrf }} />
        <Button kind="danger">{isSelf ? words.confirmLeave : words.confirm}</Button>
      </form>
      <ActionLink href={`${sitePath}/members`}>{words.back}</ActionLink>
    </Layout>
  );
};

export interface JoinSitePageProps {
  context: PageContext;
  csrf: string;
  path: string;
  name: string;
}

/** Renders the question before somebody becomes a developer of a site; its form takes `csrf`. */
export const JoinSitePage = ({ context, csrf, path, name }: JoinSitePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.siteMembers;
  const title = fill(words.joinTitle, { name });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{words.joinLead}</p>
      <form method="post" action={path}>
        <Hidden values={{ csrf }} />
        <Button>{words.join}</Button>
      </form>
      <ActionLink href="/developer">{text.onboarding.back}</ActionLink>
    </Layout>
  );
};
