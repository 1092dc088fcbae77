import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, textOf } from '../text/index.ts';

/** A session as the page shows it. */
export interface ShownSession {
  uid: string;
  browser: string;
  network: string;
  /** Where that is; absent where the region knows no places. */
  place?: string;
  level: 1 | 2 | 3 | 4;
  startedAt: Date;
  usedAt: Date;
  sites: readonly string[];
  isCurrent: boolean;
}

/** A browser the account was signed in at before. */
export interface ShownDevice {
  deviceId: string;
  name: string;
  network: string;
  place?: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
}

export interface SessionsPageProps {
  context: PageContext;
  csrf: string;
  sessions: readonly ShownSession[];
  devices: readonly ShownDevice[];
}

/** Says where a browser is, where that is known to the region at all. */
const PlaceLine = ({
  place,
  language,
}: {
  place: string | undefined;
  language: PageContext['language'];
}): VNode | null =>
  place === undefined ? null : <span class="hint">{fill(textOf(language).places.at, { place })}</span>;

const Item = ({
  session,
  csrf,
  language,
}: {
  session: ShownSession;
  csrf: string;
  language: PageContext['language'];
}): VNode => {
  const { my, portal } = textOf(language);
  const words = my.sessions;
  const { uid, browser, network, place, level, startedAt, usedAt, sites, isCurrent } = session;
  const times = { started: momentOf(language, startedAt), used: momentOf(language, usedAt), network };
  return (
    <li>
      <strong>{browser === '—' ? words.unknown : browser}</strong>
      {isCurrent && <span class="state">{words.current}</span>}
      <span class="hint">{fill(words.line, times)}</span>
      <PlaceLine place={place} language={language} />
      <span class="hint">
        {portal.levels[level]} ·{' '}
        {sites.length === 0 ? words.noSites : fill(words.sites, { sites: sites.join(' · ') })}
      </span>
      <form method="post" action="/my/sessions/end">
        <Hidden values={{ csrf, uid }} />
        <Button kind="secondary">{words.end}</Button>
      </form>
    </li>
  );
};

const Devices = ({ context, csrf, devices }: Omit<SessionsPageProps, 'sessions'>): VNode => {
  const words = textOf(context.language).my.sessions;
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">{words.devices}</h2>
      <p>{words.devicesLead}</p>
      <ul class="items">
        {devices.map(({ deviceId, name, network, place, firstSeenAt, lastSeenAt }) => (
          <li key={deviceId}>
            <strong>{name === '—' ? words.unknown : name}</strong>
            <span class="hint">
              {fill(words.line, {
                started: momentOf(context.language, firstSeenAt),
                used: momentOf(context.language, lastSeenAt),
                network,
              })}
            </span>
            <PlaceLine place={place} language={context.language} />
            <form method="post" action="/my/devices/forget">
              <Hidden values={{ csrf, deviceId }} />
              <Button kind="quiet">{words.forget}</Button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Renders the browsers a person is signed in at. */
export const SessionsPage = ({ context, csrf, sessions, devices }: SessionsPageProps): VNode => {
  const { my, places, portal } = textOf(context.language);
  const words = my.sessions;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {sessions.some(({ place }) => place !== undefined) && <p class="hint">{places.hint}</p>}
      <ul class="items">
        {sessions.map((session) => (
          <Item key={session.uid} session={session} csrf={csrf} language={context.language} />
        ))}
      </ul>
      <div class="stack">
        <ActionLink href="/my/sessions/end-all" kind="secondary">
          {words.endAll}
        </ActionLink>
        <ActionLink href="/my/receipts">{words.receipts}</ActionLink>
      </div>
      {devices.length > 0 && <Devices context={context} csrf={csrf} devices={devices} />}
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </Layout>
  );
};
