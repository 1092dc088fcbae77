import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
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
import { TextArea } from '../parts/text-area.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

export interface DeveloperSitePageProps {
  context: PageContext;
  csrf: string;
  path: string;
  name: string;
  clientId: string;
  issuer: string;
  kind: keyof Text['onboarding']['form']['kinds'];
  ladder: readonly ShownRung[] | null;
  lesserReason: string | null;
  checks: readonly ShownCheck[];
  probedAt: Date | null;
  keys: readonly ShownKey[];
  days: readonly ShownDay[];
  health: ShownHealth;
  /** How it fares in production; null while it is not there. */
  liveHealth: ShownHealth | null;
  releases: readonly ShownRelease[];
  error?: string;
}

/** Renders one sandbox and all that is known of it; its form takes `csrf`. */
export const DeveloperSitePage = (props: DeveloperSitePageProps): VNode => {
  const { context, csrf, path, name } = props;
  const words = textOf(context.language).onboarding;
  const rows: [string, string][] = [
    [words.site.clientId, props.clientId],
    [words.site.issuer, props.issuer],
    [words.site.kind, words.form.kinds[props.kind]],
  ];
  return (
    <Layout context={context} title={name} wrong={Boolean(props.error)}>
      {props.error && (
        <div class="notice error" role="alert">
          <p>{props.error}</p>
        </div>
      )}
      <h1>{name}</h1>
      <p class="state">{words.site.sandbox}</p>
      <dl>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="code">{value}</dd>
          </div>
        ))}
      </dl>
      <div class="stack">
        <ActionLink href={`${path}/samples`} kind="secondary">
          {words.site.samples}
        </ActionLink>
        <ActionLink href={`${path}/change`}>{words.site.change}</ActionLink>
        <ActionLink href={`${path}/members`}>{textOf(context.language).siteMembers.title}</ActionLink>
      </div>
      <SiteChecks context={context} checks={props.checks} probedAt={props.probedAt} />
      <form method="post" action={`${path}/checks`}>
        <Hidden values={{ csrf }} />
        <Button>{words.checks.run}</Button>
      </form>
      <SiteLadder context={context} ladder={props.ladder} reason={props.lesserReason} />
      <SiteKeys context={context} keys={props.keys} />
      <SiteDays context={context} days={props.days} />
      <SiteHealthPart context={context} health={props.health} />
      {props.liveHealth !== null && (
        <SiteHealthPart
          context={context}
          health={props.liveHealth}
          id="live"
          title={textOf(context.language).siteHealth.live}
        />
      )}
      <SiteReleases context={context} releases={props.releases} />
      <div class="stack">
        <ActionLink href={`${path}/production`} kind="secondary">
          {words.site.production}
        </ActionLink>
        <ActionLink href="/developer">{words.back}</ActionLink>
      </div>
    </Layout>
  );
};

export interface SamplesPageProps {
  context: PageContext;
  path: string;
  samples: readonly { name: string; text: string }[];
}

/** Renders code to copy, filled with the site's values. */
export const SamplesPage = ({ context, path, samples }: SamplesPageProps): VNode => {
  const words = textOf(context.language).onboarding;
  return (
    <Layout context={context} title={words.samples.title}>
      <h1>{words.samples.title}</h1>
      <p>{words.samples.lead}</p>
      {samples.map(({ name, text }, place) => (
        <TextArea
          key={name}
          name={`sample-${place}`}
          label={fill(words.samples.sample, { name })}
          value={text}
          rows={12}
          readOnly
        />
      ))}
      <ActionLink href={path}>{words.backToSite}</ActionLink>
    </Layout>
  );
};
