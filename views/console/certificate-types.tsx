import type { VNode } from 'preact';
import type { CertificateType, FieldDefinition } from '../../src/directory/index.ts';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, type Language, type Text, textOf } from '../text/index.ts';
import { Fact, Remark, WaysOn } from './parts.tsx';

type Words = Text['officersCertificates']['types'];

/** The address of a version's page. */
const hrefOf = ({ code, version }: CertificateType): string => `/console/types/${code}@${version}`;

/** Renders every version of every type. */
export const TypesPage = ({
  context,
  types,
}: {
  context: PageContext;
  types: readonly CertificateType[];
}): VNode => {
  const words = textOf(context.language).officersCertificates.types;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{types.length === 0 ? words.none : words.lead}</p>
      <ul class="items">
        {types.map((type) => (
          <li key={hrefOf(type)}>
            <span>{type.enabled ? words.enabled : words.disabled}</span>
            <a class="target" href={hrefOf(type)}>
              {fill(words.open, { type: type.name[context.language], version: String(type.version) })}
            </a>
          </li>
        ))}
      </ul>
      <WaysOn context={context} />
    </Layout>
  );
};

const fieldWords = (field: FieldDefinition, words: Words, language: Language): string =>
  [
    words.kinds[field.kind],
    field.required ? words.required : words.optional,
    ...(field.sensitive ? [words.sensitive] : []),
    ...(field.kind === 'choice' ? field.choices.map(({ label }) => label[language]) : []),
    ...(field.kind === 'rows' ? field.columns.map(({ label }) => label[language]) : []),
  ].join(words.part);

const validityWords = ({ validity }: CertificateType, words: Words): string =>
  fill(words.validities[validity.kind], { years: 'years' in validity ? String(validity.years) : '' });

const TypeFacts = ({ type, text }: { type: CertificateType; text: Text }): VNode => {
  const { types: words, version, photo } = text.officersCertificates;
  const { leastHolders, mostHolders, photoProfile } = type;
  return (
    <dl>
      <Fact name={version} value={String(type.version)} />
      <Fact name={words.enabled} value={type.enabled ? words.enabled : words.disabled} />
      <Fact name={words.code} value={type.code} code />
      {type.officialCode !== null && <Fact name={words.officialCode} value={type.officialCode} code />}
      <Fact
        name={words.holders}
        value={fill(words.holderCount, {
          category: words.categories[type.holderCategory],
          least: String(leastHolders),
          most: String(mostHolders),
        })}
      />
      <Fact name={words.issuers} value={type.issuers.join(' ') || words.nobody} code />
      <Fact name={words.validity} value={validityWords(type, words)} />
      <Fact
        name={photo}
        value={photoProfile === null ? words.noPhoto : text.console.photos.profiles[photoProfile]}
      />
    </dl>
  );
};

export interface TypePageProps {
  context: PageContext;
  type: CertificateType;
  /** Where a new version is proposed; null for who may not. */
  nextHref: string | null;
}

/** Renders one version of a type. */
export const TypePage = ({ context, type, nextHref }: TypePageProps): VNode => {
  const { language } = context;
  const text = textOf(language);
  const words = text.officersCertificates.types;
  const title = type.name[language];
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <TypeFacts type={type} text={text} />
      <h2>{words.fields}</h2>
      <dl>
        {type.fields.map((field) => (
          <Fact key={field.name} name={field.label[language]} value={fieldWords(field, words, language)} />
        ))}
      </dl>
      {nextHref !== null && (
        <ActionLink href={nextHref} kind="secondary">
          {words.next}
        </ActionLink>
      )}
      <WaysOn context={context} back={{ href: '/console/types', label: words.back }} />
    </Layout>
  );
};

export interface NextTypePageProps {
  context: PageContext;
  csrf: string;
  /** The version as it is proposed so far; it carries its number. */
  draft: CertificateType;
  /** What was typed for the issuers, line by line. */
  issuers: string;
  reason: string;
  error?: string;
}

const Marks = ({
  draft,
  words,
  language,
}: {
  draft: CertificateType;
  words: Words;
  language: Language;
}): VNode => (
  <fieldset>
    <legend>{words.fields}</legend>
    {draft.fields.map(({ name, label, required, sensitive }) => (
      <>
        <label class="choice">
          <input type="checkbox" name={`required_${name}`} value="yes" checked={required} />
          {fill(words.isRequired, { field: label[language] })}
        </label>
        <label class="choice">
          <input type="checkbox" name={`sensitive_${name}`} value="yes" checked={sensitive} />
          {fill(words.isSensitive, { field: label[language] })}
        </label>
      </>
    ))}
  </fieldset>
);

/** Renders the form that proposes a new version of a type; its base is the version of the address. */
export const NextTypePage = (props: NextTypePageProps): VNode => {
  const { context, csrf, draft, issuers, reason, error } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates.types;
  const title = fill(words.nextTitle, { type: draft.name[context.language] });
  const input = { text, autocomplete: 'off' };
  return (
    <Layout context={context} title={title} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{words.nextLead}</p>
      <form method="post" action={context.path}>
        <Hidden values={{ csrf, version: String(draft.version) }} />
        <Field {...input} name="nameZh" label={words.nameZh} value={draft.name.zh} />
        <Field {...input} name="nameEn" label={words.nameEn} value={draft.name.en} />
        <Field
          {...input}
          name="officialCode"
          label={words.officialCode}
          value={draft.officialCode ?? ''}
          code
        />
        <Remark name="issuers" label={words.issuers} hint={words.issuersHint} value={issuers} />
        <Marks draft={draft} words={words} language={context.language} />
        <Remark name="reason" label={words.why} hint={words.whyHint} value={reason} />
        <Button>{words.submit}</Button>
      </form>
      <WaysOn context={context} back={{ href: '/console/types', label: words.back }} />
    </Layout>
  );
};
