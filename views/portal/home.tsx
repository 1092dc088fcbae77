import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { type Way, Ways } from '../parts/ways.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { StopClosing } from './closing.tsx';
import { PhoneChangeNotice, type ShownPhoneChange } from './phone-change.tsx';
import { RecoveryNotice, type ShownRecovery } from './recovery.tsx';

export interface MyHomePageProps {
  context: PageContext;
  /** What the person is greeted by. */
  called: string;
  /** Null, like the number, of a person who is not known yet. */
  maskedName: string | null;
  maskedNumber: string | null;
  maskedPhone: string | null;
  assurance: 1 | 2 | 3 | 4;
  /** How many use authorisations wait for an answer. */
  pendingAuthorisations: number;
  /** How many questions of counters wait for an answer. */
  waitingRequests: number;
  unreadNotices: number;
  csrf: string;
  /** When the account will be closed, if its person asked for that. */
  closingDueAt: Date | null;
  /** A recovery of the account that is under way. */
  recovery: ShownRecovery | null;
  /** A change of the telephone that waits. */
  phoneChange: ShownPhoneChange | null;
  /** Shows in large type, too, all that can be done here. */
  isWhole?: boolean;
}

const Profile = ({
  props,
  words,
  show,
  changePhone,
}: {
  props: MyHomePageProps;
  words: Text['portal'];
  show: string;
  changePhone: string;
}): VNode => (
  <section aria-labelledby="profile">
    <h2 id="profile">{words.profile}</h2>
    <dl>
      <div>
        <dt>{words.name}</dt>
        <dd>{props.maskedName ?? words.notKnown}</dd>
      </div>
      <div>
        <dt>{words.number}</dt>
        <dd class="code">{props.maskedNumber ?? words.notKnown}</dd>
      </div>
      <div>
        <dt>{words.phone}</dt>
        <dd class="code">{props.maskedPhone ?? words.noPhone}</dd>
      </div>
      <div>
        <dt>{words.level}</dt>
        <dd>{words.levels[props.assurance]}</dd>
      </div>
    </dl>
    <p class="hint">{words.wrong}</p>
    <ActionLink href="/my/profile">{show}</ActionLink>
    <ActionLink href="/my/phone">{changePhone}</ActionLink>
  </section>
);

interface HomeWay extends Way {
  /** Whether it stands on the first page in large type: what is asked for most, and what waits for an answer. */
  isFirst?: boolean;
}

const waysOfAccount = (words: Text['my']['ways'], unread: number): HomeWay[] => [
  {
    href: '/my/notices',
    label: unread === 0 ? words.notices : fill(words.noticesCount, { count: String(unread) }),
    hint: words.noticesHint,
    isFirst: unread > 0,
  },
  { href: '/my/sessions', label: words.sessions, hint: words.sessionsHint },
  { href: '/my/history', label: words.history, hint: words.historyHint },
  { href: '/my/sites', label: words.sites, hint: words.sitesHint },
  { href: '/my/export', label: words.exported, hint: words.exportedHint },
  { href: '/my/closing', label: words.closing, hint: words.closingHint },
];

const waysOf = (props: MyHomePageProps): HomeWay[] => {
  const { portal: words, clerkRequests, regionLinks, mandates, my } = textOf(props.context.language);
  const { pendingAuthorisations: pending, waitingRequests: waiting } = props;
  const { title, titleCount, hint } = words.authorisations;
  const asked = pending === 0 ? title : fill(titleCount, { count: String(pending) });
  const requests =
    waiting === 0 ? clerkRequests.title : fill(clerkRequests.titleCount, { count: String(waiting) });
  return [
    {
      href: '/my/certificates',
      label: words.certificates.title,
      hint: words.certificates.hint,
      isFirst: true,
    },
    { href: '/my/authorisations', label: asked, hint, isFirst: pending > 0 },
    { href: '/my/uses', label: words.uses.title, hint: words.uses.hint, isFirst: true },
    { href: '/my/level', label: words.level, hint: words.levelHint },
    { href: '/my/requests', label: requests, hint: clerkRequests.hint, isFirst: waiting > 0 },
    { href: '/my/passkeys', label: words.passkeys, hint: words.passkeysHint },
    { href: '/my/mandates', label: mandates.title, hint: mandates.hint },
    { href: '/my/regions', label: regionLinks.title, hint: regionLinks.hint },
    ...waysOfAccount(my.ways, props.unreadNotices),
  ];
};

/** Renders the ways on; in large type the first ones, then the way to the rest, and how to be helped. */
const HomeWays = (props: MyHomePageProps): VNode => {
  const { context } = props;
  const { portal, largeType } = textOf(context.language);
  const ways = waysOf(props);
  if (context.size !== 'large' || props.isWhole) return <Ways label={portal.title} ways={ways} />;
  const { all, allHint, help } = largeType.my;
  const first = ways.filter(({ isFirst }) => isFirst);
  return (
    <>
      <Ways label={portal.title} ways={[...first, { href: '/my/all', label: all, hint: allHint }]} />
      <p>{fill(help, { helpLine: context.helpLine })}</p>
    </>
  );
};

/** Renders the first of the citizen's own pages. */
export const MyHomePage = (props: MyHomePageProps): VNode => {
  const { context, called, csrf, closingDueAt } = props;
  const { portal: words, my, phoneChange } = textOf(context.language);
  const isShort = context.size === 'large' && !props.isWhole;
  return (
    <Layout context={context} title={words.title}>
      <h1>{fill(words.hello, { name: called })}</h1>
      <p class="lead">{words.lead}</p>
      {props.recovery !== null && <RecoveryNotice context={context} csrf={csrf} recovery={props.recovery} />}
      {props.phoneChange !== null && (
        <PhoneChangeNotice context={context} csrf={csrf} change={props.phoneChange} />
      )}
      {closingDueAt !== null && (
        <Notice>
          <p>{fill(my.closingSoon, { date: momentOf(context.language, closingDueAt) })}</p>
          <StopClosing context={context} csrf={csrf} />
        </Notice>
      )}
      <HomeWays {...props} />
      {!isShort && (
        <Profile props={props} words={words} show={my.profile.show} changePhone={phoneChange.link} />
      )}
      <ActionLink href="/my/sign-out" kind="secondary">
        {words.signOut}
      </ActionLink>
      {props.isWhole && <ActionLink href="/my">{words.backHome}</ActionLink>}
    </Layout>
  );
};
