import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import type { ShownOfficer } from './officers.tsx';
import { Fact, Remark, WaysOn } from './parts.tsx';
import { roleNames } from './words.ts';

export interface OfficerPageProps {
  context: PageContext;
  officer: ShownOfficer & {
    authority: string | null;
    lastSignInAt: Date | null;
    passkeys: number;
    /** One more was agreed on and is not there yet. */
    awaitsPasskey: boolean;
    /** A citizen's account stands behind. */
    isTied: boolean;
    /** The officer who looks. */
    isSelf: boolean;
  };
  mayPropose: boolean;
}

/** The ways to what is proposed about an officer. */
const Ways = ({ officer, text }: { officer: OfficerPageProps['officer']; text: Text }): VNode => {
  const { href, state, awaitsPasskey, isSelf } = officer;
  const { officers: words } = text.console;
  return (
    <div class="stack">
      {(state === 'invited' || (state === 'active' && awaitsPasskey)) && (
        <ActionLink href={`${href}/link`} kind="secondary">
          {words.link}
        </ActionLink>
      )}
      {state === 'active' &&
        !isSelf &&
        (['roles', 'passkey', 'account'] as const).map((name) => (
          <ActionLink key={name} href={`${href}/${name}`}>
            {text.officerChanges[name].change}
          </ActionLink>
        ))}
      {(state === 'invited' || state === 'active') && (
        <ActionLink href={`${href}/disable`}>{words.disable}</ActionLink>
      )}
    </div>
  );
};

/** Renders one officer, and what can be done about them. */
export const OfficerPage = ({ context, officer, mayPropose }: OfficerPageProps): VNode => {
  const text = textOf(context.language);
  const { officers: words, noName } = text.console;
  const { officerChanges: more } = text;
  const { name, region, roles, authority, state, lastSignInAt, passkeys, awaitsPasskey, isTied } = officer;
  return (
    <Layout context={context} title={name ?? noName}>
      <h1>{name ?? noName}</h1>
      <dl>
        <Fact name={words.state} value={words.states[state]} />
        <Fact name={words.region} value={region} code />
        <Fact name={words.roles} value={roleNames(text, roles)} />
        {authority !== null && <Fact name={words.authority} value={authority} />}
        <Fact
          name={words.lastSignIn}
          value={lastSignInAt === null ? words.never : momentOf(context.language, lastSignInAt)}
        />
        <Fact
          name={more.passkeys}
          value={fill(awaitsPasskey ? more.awaited : more.count, { count: String(passkeys) })}
        />
        <Fact name={more.accountIs} value={isTied ? more.isTied : more.notTied} />
      </dl>
      {mayPropose && <Ways officer={officer} text={text} />}
      <WaysOn context={context} back={{ href: '/console/officers', label: words.back }} />
    </Layout>
  );
};

export interface LinkPageProps {
  context: PageContext;
  /** The officer's page. */
  officerHref: string;
  csrf: string;
  name: string;
  /** The link that was just made; null before. */
  made: { address: string; expiresAt: Date } | null;
}

/** Renders the making of a link to join, and the link, once. */
export const LinkPage = ({ context, officerHref, csrf, name, made }: LinkPageProps): VNode => {
  const words = textOf(context.language).console.officers;
  return (
    <Layout context={context} title={words.linkTitle}>
      <h1>{words.linkTitle}</h1>
      <p>{fill(words.linkLead, { name })}</p>
      {made === null ? (
        <form method="post" action={`${officerHref}/link`}>
          <Hidden values={{ csrf }} />
          <Button>{words.linkMake}</Button>
        </form>
      ) : (
        <Notice>
          <p>{fill(words.linkShown, { date: momentOf(context.language, made.expiresAt) })}</p>
          <p class="code">{made.address}</p>
        </Notice>
      )}
      <WaysOn context={context} back={{ href: officerHref, label: words.backToOne }} />
    </Layout>
  );
};

export interface DisablePageProps {
  context: PageContext;
  officerHref: string;
  csrf: string;
  name: string;
  reason: string;
  error?: string;
}

/** Renders what disabling an officer means, and asks why before it is proposed. */
export const DisablePage = (props: DisablePageProps): VNode => {
  const { context, officerHref, csrf, name, reason, error } = props;
  const words = textOf(context.language).console.officers;
  const title = fill(words.disableTitle, { name });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{words.disableLead}</p>
      <form method="post" action={`${officerHref}/disable`}>
        <Hidden values={{ csrf }} />
        <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
        <label class="choice">
          <input type="checkbox" name="emergency" value="yes" />
          {words.emergency}
        </label>
        <Button kind="danger">{words.propose}</Button>
      </form>
      <WaysOn context={context} back={{ href: officerHref, label: words.backToOne }} />
    </Layout>
  );
};
