import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { languageMark } from '../parts/name.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

export interface ShownRegion {
  regionCode: string;
  name: string;
  isLast: boolean;
}

export interface OtherRegionPageProps {
  context: PageContext;
  /** Takes `csrf` and either `region`, the code of the one chosen, or `q`, what was typed or scanned. */
  action: string;
  csrf: string;
  query: string;
  regions: readonly ShownRegion[];
  /** Whether there are more than are shown. */
  hasMore: boolean;
  /** Those that could be chosen before, with why not now. */
  closed: readonly { regionCode: string; name: string; closing: keyof Text['otherRegion']['closed'] }[];
  signInHref: string;
  error?: string;
  /** The system of the home region, where the level there is too low. */
  raiseHref?: string;
}

/** What is typed is sent in the body: no address keeps it, should it be what it must not be. */
const Search = ({ props }: { props: OtherRegionPageProps }): VNode => {
  const { context, action, csrf, query } = props;
  const text = textOf(context.language);
  const words = text.otherRegion;
  return (
    <form method="post" action={action}>
      <Hidden values={{ csrf }} />
      <Field
        text={text}
        name="q"
        label={words.search}
        hint={words.searchHint}
        value={query}
        maxLength={300}
        autocomplete="off"
      />
      <Button kind="secondary">{words.searchButton}</Button>
    </form>
  );
};

const Regions = ({ props }: { props: OtherRegionPageProps }): VNode => {
  const { context, action, csrf, regions, hasMore } = props;
  const words = textOf(context.language).otherRegion;
  return (
    <form method="post" action={action}>
      <Hidden values={{ csrf }} />
      <h2 id="regions">{words.regions}</h2>
      <ul class="items" aria-labelledby="regions">
        {regions.map(({ regionCode, name, isLast }) => (
          <li key={regionCode}>
            <Button kind={isLast ? 'primary' : 'secondary'} name="region" value={regionCode}>
              <span lang={languageMark(context.language, name)}>{name}</span>
            </Button>
            {isLast && <span class="hint">{words.last}</span>}
          </li>
        ))}
      </ul>
      {hasMore && <p class="hint">{words.more}</p>}
    </form>
  );
};

const Nothing = ({ props }: { props: OtherRegionPageProps }): VNode => {
  const { context, query, action } = props;
  const words = textOf(context.language).otherRegion;
  if (query === '') return <p>{fill(words.none, { site: siteNameOf(context) })}</p>;
  return (
    <>
      <p>{fill(words.nothingFound, { query })}</p>
      <ActionLink href={action}>{words.showAll}</ActionLink>
    </>
  );
};

const Closed = ({ context, closed }: Pick<OtherRegionPageProps, 'context' | 'closed'>): VNode => {
  const words = textOf(context.language).otherRegion;
  return (
    <Notice>
      {closed.map(({ regionCode, name, closing }) => (
        <p key={regionCode}>{fill(words.closed[closing], { region: name })}</p>
      ))}
    </Notice>
  );
};

/** Renders the choice of the home region, the one chosen last first; every refusal on the way leaves other ways. */
export const OtherRegionPage = (props: OtherRegionPageProps): VNode => {
  const { context, regions, query, closed, signInHref, error, raiseHref } = props;
  const words = textOf(context.language).otherRegion;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)} siteAbove>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
          <ActionLink href={raiseHref}>{words.raise}</ActionLink>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {(regions.length > 0 || query !== '') && <Search props={props} />}
      {closed.length > 0 && <Closed context={context} closed={closed} />}
      {regions.length > 0 ? <Regions props={props} /> : <Nothing props={props} />}
      <p class="hint">{fill(words.privacy, { site: siteNameOf(context) })}</p>
      <div class="others">
        <ActionLink href={signInHref} kind="secondary">
          {words.otherWays}
        </ActionLink>
      </div>
    </Layout>
  );
};

export interface OtherRegionDonePageProps {
  context: PageContext;
  region: string;
  continueHref: string;
}

/** Renders the moment after the sign-in at home; the browser goes on by itself. */
export const OtherRegionDonePage = ({ context, region, continueHref }: OtherRegionDonePageProps): VNode => {
  const words = textOf(context.language).otherRegion;
  const title = fill(words.doneTitle, { region });
  return (
    <Layout context={context} title={title} siteAbove>
      <h1>{title}</h1>
      <p class="lead">{fill(words.doneText, { site: siteNameOf(context) })}</p>
      <ActionLink href={continueHref} kind="secondary">
        {words.goOn}
      </ActionLink>
    </Layout>
  );
};
