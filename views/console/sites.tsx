import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { type ShownHealth, SiteHealthPart } from '../parts/site-health.tsx';
import { type ShownRung, SiteLadder } from '../parts/site-ladder.tsx';
import {
  type ShownCheck,
  type ShownDay,
  type ShownKey,
  type ShownRelease,
  SiteChecks,
  SiteDays,
  SiteKeys,
  SiteReleases,
} from '../parts/site-parts.tsx';
import { fill, textOf } from '../text/index.ts';
import { Fact, Remark, WaysOn } from './parts.tsx';
import { siteValueOf, wordOf } from './words.ts';

export interface SiteRow {
  href: string;
  name: string;
  clientId: string;
  state: 'sandbox' | 'inProduction' | 'off';
}

export interface SitesPageProps {
  context: PageContext;
  query: string;
  waiting: readonly { href: string; label: string }[];
  sites: readonly SiteRow[];
  nextHref: string | null;
}

/** Renders the sites, with a search that takes `q` by GET, and the versions that nobody has proposed yet. */
export const SitesPage = ({ context, query, waiting, sites, nextHref }: SitesPageProps): VNode => {
  const text = textOf(context.language);
  const { office: words, site: states, open } = text.onboarding;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {waiting.length > 0 && (
        <Notice title={words.waiting}>
          <ul class="plain">
            {waiting.map(({ href, label }) => (
              <li key={href}>
                <a class="target" href={href}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <form method="get" action="/console/sites">
        <Field text={text} name="q" label={words.search} value={query} autocomplete="off" maxLength={100} />
        <Button kind="secondary">{words.find}</Button>
      </form>
      {sites.length === 0 && <p>{words.none}</p>}
      {sites.length > 0 && (
        <ul class="items apart">
          {sites.map(({ href, name, clientId, state }) => (
            <li key={href}>
              <strong>{name}</strong>
              <span class={state === 'off' ? 'state ended' : 'state'}>{states[state]}</span>
              <span class="hint code">{clientId}</span>
              <a class="target" href={href}>
                {fill(open, { name })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};

export interface SitePageProps {
  context: PageContext;
  row: SiteRow;
  department: string;
  release: number | null;
  ladder: readonly ShownRung[] | null;
  lesserReason: string | null;
  checks: readonly ShownCheck[];
  probedAt: Date | null;
  keys: readonly ShownKey[];
  days: readonly ShownDay[];
  health: ShownHealth;
  /** Where another quota is proposed; null for who may not. */
  quotaHref: string | null;
  releases: readonly ShownRelease[];
}

/** Renders one site: what its sandbox showed, its keys, days and versions. */
export const SitePage = (props: SitePageProps): VNode => {
  const { context, row, release } = props;
  const { office, site: words } = textOf(context.language).onboarding;
  return (
    <Layout context={context} title={row.name}>
      <h1>{row.name}</h1>
      <p class={row.state === 'off' ? 'state ended' : 'state'}>{words[row.state]}</p>
      <dl>
        <Fact name={words.clientId} value={row.clientId} code />
        <Fact name={words.department} value={props.department} />
        <Fact
          name={words.version}
          value={release === null ? words.notYet : fill(words.versionOf, { number: String(release) })}
        />
      </dl>
      <SiteReleases context={context} releases={props.releases} />
      <SiteLadder context={context} ladder={props.ladder} reason={props.lesserReason} />
      <SiteChecks context={context} checks={props.checks} probedAt={props.probedAt} />
      <SiteKeys context={context} keys={props.keys} />
      <SiteDays context={context} days={props.days} />
      <SiteHealthPart context={context} health={props.health} />
      {props.quotaHref !== null && (
        <ActionLink href={props.quotaHref} kind="secondary">
          {textOf(context.language).siteHealth.change}
        </ActionLink>
      )}
      <WaysOn context={context} back={{ href: '/console/sites', label: office.back }} />
    </Layout>
  );
};

export interface ProposeSitePageProps {
  context: PageContext;
  csrf: string;
  path: string;
  backHref: string;
  name: string;
  number: number;
  isRollBack: boolean;
  difference: readonly { field: string; before: string | null; after: string | null }[];
  reason: string;
  error?: string;
}

/** Renders what a version changes and the form that proposes it; it takes `csrf` and `reason`. */
export const ProposeSitePage = (props: ProposeSitePageProps): VNode => {
  const { context, csrf, path, name, number, difference, error } = props;
  const text = textOf(context.language);
  const words = text.onboarding;
  const { office } = words;
  const said = (field: string, value: string | null): string =>
    value === null ? office.nothing : siteValueOf(text, field, value);
  const title = fill(props.isRollBack ? office.rollBackTitle : office.proposeTitle, {
    name,
    number: String(number),
  });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{difference.length === 0 ? office.same : office.proposeLead}</p>
      <dl>
        {difference.map(({ field, before, after }) => (
          <div key={field}>
            <dt>
              {Object.hasOwn(office.names, field) && `${wordOf(office.names, field)} `}
              <span class="code">{field}</span>
            </dt>
            <dd>
              {said(field, before)} → {said(field, after)}
            </dd>
          </div>
        ))}
      </dl>
      <form method="post" action={path}>
        <Hidden values={{ csrf }} />
        <Remark name="reason" label={words.form.reason} hint={words.form.reasonHint} value={props.reason} />
        <Button>{office.submit}</Button>
      </form>
      <WaysOn context={context} back={{ href: props.backHref, label: words.backToSite }} />
    </Layout>
  );
};
