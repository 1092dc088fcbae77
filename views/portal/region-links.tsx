import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { languageMark } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';

/** An identity of another region as its owner sees it. */
export interface ShownRegionLink {
  region: string;
  since: Date;
  by: 'sign-in' | 'number';
  lastSignInAt: Date | null;
  unlinkHref: string;
}

export interface RegionLinksPageProps {
  context: PageContext;
  links: readonly ShownRegionLink[];
  linkHref: string;
  codeHref: string;
  /** What became of the last act. */
  news?: 'linked' | 'unlinked' | undefined;
}

const Link = ({ context, link }: { context: PageContext; link: ShownRegionLink }): VNode => {
  const words = textOf(context.language).regionLinks;
  const { region, since, by, lastSignInAt, unlinkHref } = link;
  const rows: [string, string][] = [
    [words.since, momentOf(context.language, since)],
    [words.how, words.by[by]],
    [words.lastSignIn, lastSignInAt === null ? words.never : momentOf(context.language, lastSignInAt)],
  ];
  return (
    <section>
      <h3 lang={languageMark(context.language, region)}>{region}</h3>
      <dl>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ActionLink href={unlinkHref} kind="secondary">
        {words.unlink}
      </ActionLink>
    </section>
  );
};

/** Renders a person's identities of other regions, and the ways to link one and to sign in elsewhere. */
export const RegionLinksPage = ({
  context,
  links,
  linkHref,
  codeHref,
  news,
}: RegionLinksPageProps): VNode => {
  const words = textOf(context.language).regionLinks;
  return (
    <Layout context={context} title={words.title}>
      {news && (
        <Notice>
          <p>{words.news[news]}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <h2>{words.list}</h2>
      {links.length === 0 && <p>{words.none}</p>}
      {links.map((link) => (
        <Link key={link.unlinkHref} context={context} link={link} />
      ))}
      <p class="hint">{words.keeps}</p>
      <div class="stack">
        <ActionLink href={linkHref} kind="secondary">
          {words.link}
        </ActionLink>
        <ActionLink href={codeHref} kind="secondary">
          {words.code.open}
        </ActionLink>
        <ActionLink href="/my">{words.home}</ActionLink>
      </div>
    </Layout>
  );
};

export interface LinkRegionPageProps {
  context: PageContext;
  csrf: string;
  /** Takes `csrf` and `region`, the code of the one chosen. */
  action: string;
  backHref: string;
  regions: readonly { regionCode: string; name: string }[];
  /** Whether this sign-in is sure enough; when it is not, the way to raise it is shown instead. */
  isSure: boolean;
  error?: string;
}

/** Renders the choice of the region to link an identity of. */
export const LinkRegionPage = (props: LinkRegionPageProps): VNode => {
  const { context, csrf, action, backHref, regions, isSure, error } = props;
  const words = textOf(context.language).regionLinks.choose;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      {!isSure && <p>{words.level}</p>}
      {!isSure && <ActionLink href="/my/level">{words.raise}</ActionLink>}
      {isSure && regions.length === 0 && <p>{words.none}</p>}
      {isSure && regions.length > 0 && (
        <form method="post" action={action}>
          <Hidden values={{ csrf }} />
          <p class="lead">{words.lead}</p>
          <h2 id="regions">{words.regions}</h2>
          <ul class="items" aria-labelledby="regions">
            {regions.map(({ regionCode, name }) => (
              <li key={regionCode}>
                <Button kind="secondary" name="region" value={regionCode}>
                  <span lang={languageMark(context.language, name)}>{name}</span>
                </Button>
              </li>
            ))}
          </ul>
        </form>
      )}
      <ActionLink href={backHref}>{words.back}</ActionLink>
    </Layout>
  );
};

/** Renders the one question before an identity is unlinked: what that means. */
export const UnlinkRegionPage = ({
  context,
  csrf,
  action,
  backHref,
  region,
}: Pick<LinkRegionPageProps, 'context' | 'csrf' | 'action' | 'backHref'> & { region: string }): VNode => {
  const words = textOf(context.language).regionLinks.unlinking;
  const title = fill(words.title, { region });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{words.text}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <div class="stack">
          <Button kind="danger">{words.confirm}</Button>
          <ActionLink href={backHref}>{words.cancel}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};
