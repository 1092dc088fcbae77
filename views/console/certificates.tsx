import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

/** A certificate found, without what stands on it. */
export interface FoundCertificate {
  href: string;
  typeName: string;
  state: keyof Text['portal']['states'];
  issuedOn: string;
}

export interface FindCertificatesPageProps {
  context: PageContext;
  csrf: string;
  authority: string;
  /** What was typed. */
  asked: { identifier: string; holderType: string; holderCode: string; purpose: string };
  errors: readonly { field: string; text: string }[];
  /** What a search by holder found; null before. */
  found: readonly FoundCertificate[] | null;
  /** Behind which the next page begins; null on the last. */
  next: string | null;
}

const Found = ({ props, words }: { props: FindCertificatesPageProps; words: Words }): VNode | null => {
  const { context, found, next, asked, csrf } = props;
  const { portal, console: consoleWords } = textOf(context.language);
  if (found === null) return null;
  const { identifier, ...holder } = asked;
  return (
    <section aria-labelledby="found">
      <h2 id="found">{words.found}</h2>
      {found.length === 0 && <p>{words.foundNone}</p>}
      <ul class="items">
        {found.map(({ href, typeName, state, issuedOn }) => (
          <li key={href}>
            <span>
              {portal.states[state]} · {issuedOn}
            </span>
            <a class="target" href={href}>
              {fill(words.open, { type: typeName })}
            </a>
          </li>
        ))}
      </ul>
      {next !== null && (
        <form method="post" action="/console/certificates">
          <Hidden values={{ csrf, ...holder, after: next }} />
          <Button kind="secondary">{consoleWords.more}</Button>
        </form>
      )}
    </section>
  );
};

type Words = Text['officersCertificates'];

const ByHolder = ({ props, words }: { props: FindCertificatesPageProps; words: Words }): VNode => {
  const { context, csrf, asked, errors } = props;
  const text = textOf(context.language);
  const errorOf = (name: string): string | undefined => errors.find(({ field }) => field === name)?.text;
  return (
    <form class="apart" method="post" action="/console/certificates">
      <Hidden values={{ csrf }} />
      <h2>{words.byHolder}</h2>
      <p>{words.byHolderLead}</p>
      <SelectField
        text={text}
        name="holderType"
        label={words.holderType}
        value={asked.holderType || '111'}
        options={Object.entries(words.holderTypes).map(([value, label]) => ({ value, label }))}
      />
      <Field
        text={text}
        name="holderCode"
        label={words.holderCode}
        value={asked.holderCode}
        error={errorOf('holderCode')}
        autocomplete="off"
        code
      />
      <Field
        text={text}
        name="purpose"
        label={words.purpose}
        hint={words.purposeHint}
        value={asked.purpose}
        error={errorOf('purpose')}
        autocomplete="off"
        maxLength={200}
      />
      <Button kind="secondary">{words.byHolder}</Button>
    </form>
  );
};

/** Renders the ways to find a certificate of the officer's authority, and what was found. */
export const FindCertificatesPage = (props: FindCertificatesPageProps): VNode => {
  const { context, authority, asked, errors } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates;
  return (
    <Layout context={context} title={words.title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={[...errors]} />
      <h1>{words.title}</h1>
      <p>{fill(words.lead, { authority })}</p>
      <Found props={props} words={words} />
      <div class="stack">
        <ActionLink href="/console/certificates/issue" kind="secondary">
          {words.issue}
        </ActionLink>
        <ActionLink href="/console/certificates/photos" kind="secondary">
          {words.addPhoto}
        </ActionLink>
      </div>
      <form class="apart" method="get" action="/console/certificates">
        <Field
          text={text}
          name="identifier"
          label={words.identifier}
          hint={words.identifierHint}
          value={asked.identifier}
          error={errors.find(({ field }) => field === 'identifier')?.text}
          autocomplete="off"
          code
        />
        <Button>{words.find}</Button>
      </form>
      <ByHolder props={props} words={words} />
      <WaysOn context={context} />
    </Layout>
  );
};

/** Renders the choice of a type to issue. */
export const ChooseTypePage = ({
  context,
  types,
}: {
  context: PageContext;
  types: readonly { href: string; name: string }[];
}): VNode => {
  const words = textOf(context.language).officersCertificates;
  return (
    <Layout context={context} title={words.chooseTitle}>
      <h1>{words.chooseTitle}</h1>
      {types.length === 0 && <p>{words.chooseNone}</p>}
      <ul class="ways">
        {types.map(({ href, name }) => (
          <li key={href}>
            <a class="way" href={href}>
              {fill(words.choose, { type: name })}
            </a>
          </li>
        ))}
      </ul>
      <WaysOn context={context} back={{ href: '/console/certificates', label: words.back }} />
    </Layout>
  );
};
