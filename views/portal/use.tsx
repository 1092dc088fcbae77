import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { momentOf } from '../parts/moment.ts';
import { languageMark } from '../parts/name.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { type Draft, ObjectionForm, Objections, RatingForm, type ShownObjection } from './objection.tsx';
import type { ShownUse } from './uses.tsx';

type Words = Text['portal']['authorisations'];

/** One use with all it says. */
export interface WholeUse extends ShownUse {
  identifier: string | null;
  fields: readonly string[];
  item: string | null;
  system: string | null;
  material: string | null;
  channel: keyof Words['use']['channels'];
  keepUntil: Date;
}

export interface UsePageProps {
  context: PageContext;
  csrf: string;
  /** Its own address. */
  path: string;
  use: WholeUse;
  objections: readonly ShownObjection[];
  /** null when one is open already. */
  objecting: Draft | null;
  /** null when there is nothing to rate. */
  rating: { stars: keyof Words['rating']['starsOf'] | null; draft: Draft } | null;
  errors: FieldError[];
}

const basisText = (words: Words['use'], { basis }: WholeUse): string => {
  if (basis.kind === 'law') return fill(words.byLaw, { law: basis.law });
  return basis.kind === 'self' ? words.bySelf : words.byConsent;
};

const Terms = ({ context, use }: Pick<UsePageProps, 'context' | 'use'>): VNode => {
  const { language } = context;
  const words = textOf(language).portal.authorisations.use;
  const rows: [string, string | null][] = [
    [words.reader, use.reader],
    [words.at, momentOf(language, use.at)],
    [words.what, use.what],
    [words.identifier, use.identifier],
    [words.fields, use.fields.join('、')],
    [words.purpose, use.purpose],
    [words.item, use.item],
    [words.material, use.material],
    [words.system, use.system],
    [words.channel, words.channels[use.channel]],
    [words.basis, basisText(words, use)],
    [words.outcome, use.refused ? words.notGiven : words.given],
    [words.keptUntil, momentOf(language, use.keepUntil)],
  ];
  return (
    <dl>
      {rows.map(([term, value]) =>
        value === null ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd lang={languageMark(language, value)}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
};

/** Renders one use of a person's data whole, with what the person says to it: objections and a rating. */
export const UsePage = (props: UsePageProps): VNode => {
  const { context, csrf, path, objections, objecting, rating, errors } = props;
  const { language } = context;
  const text = textOf(language);
  const words = text.portal.authorisations.use;
  const form = { language, csrf, path };
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.title}</h1>
      <Terms context={context} use={props.use} />
      <Objections {...form} objections={objections} />
      {objecting !== null && <ObjectionForm {...form} draft={objecting} />}
      {rating !== null && <RatingForm {...form} draft={rating.draft} stars={rating.stars} />}
      <p>{words.proofLead}</p>
      <div class="stack">
        <ActionLink href={`${path}/proof`}>{words.proof}</ActionLink>
        <ActionLink href="/my/uses/keys">{words.proofKeys}</ActionLink>
        <ActionLink href="/my/uses">{words.back}</ActionLink>
      </div>
    </Layout>
  );
};
