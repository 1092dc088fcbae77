import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
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

const waysOfAccount = (words: Text['my']['ways'], unread: number) => [
  {
    href: '/my/notices',
    label: unread === 0 ? words.notices : fill(words.noticesCount, { count: String(unread) }),
    hint: words.noticesHint,
  },
  { href: '/my/sessions', label: words.sessions, hint: words.sessionsHint },
  { href: '/my/history', label: words.history, hint: words.historyHint },
  { href: '/my/sites', label: words.sites, hint: words.sitesHint },
  { href: '/my/export', label: words.exported, hint: words.exportedHint },
  { href: '/my/closing', label: words.closing, hint: words.closingHint },
];

/** Renders the first of the citizen's own pages. */
export const MyHomePage = (props: MyHomePageProps): VNode => {
  const { context, called, csrf, closingDueAt, pendingAuthorisations: pending } = props;
  const { portal: words, clerkRequests, regionLinks, mandates, my, phoneChange } = textOf(context.language);
  const { title, titleCount, hint } = words.authorisations;
  const asked = pending === 0 ? title : fill(titleCount, { count: String(pending) });
  const requests =
    props.waitingRequests === 0
      ? clerkRequests.title
      : fill(clerkRequests.titleCount, { count: String(props.waitingRequests) });
  const ways = [
    { href: '/my/certificates', label: words.certificates.title, hint: words.certificates.hint },
    { href: '/my/authorisations', label: asked, hint },
    { href: '/my/uses', label: words.uses.title, hint: words.uses.hint },
    { href: '/my/level', label: words.level, hint: words.levelHint },
    { href: '/my/requests', label: requests, hint: clerkRequests.hint },
    { href: '/my/passkeys', label: words.passkeys, hint: words.passkeysHint },
    { href: '/my/mandates', label: mandates.title, hint: mandates.hint },
    { href: '/my/regions', label: regionLinks.title, hint: regionLinks.hint },
    ...waysOfAccount(my.ways, props.unreadNotices),
  ];
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
      <nav aria-label={words.title}>
        <ul class="ways">
          {ways.map(({ href, label, hint }) => (
            <li key={href}>
              <a class="way" href={href}>
                <strong>{label}</strong>
                <span class="hint">{hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Profile props={props} words={words} show={my.profile.show} changePhone={phoneChange.link} />
      <ActionLink href="/my/sign-out" kind="secondary">
        {words.signOut}
      </ActionLink>
    </Layout>
  );
};
