import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { type Text, textOf } from '../text/index.ts';
import { Fact, WaysOn } from './parts.tsx';

export interface OfficersCertificatePageProps {
  context: PageContext;
  csrf: string;
  /** The address of the page. */
  path: string;
  typeName: string;
  state: keyof Text['portal']['states'];
  /** What is not about a person, by its word. */
  plain: {
    identifier: string;
    issuer: string;
    area: string;
    version: string;
    issuedOn: string;
    validFrom: string | null;
    validUntil: string | null;
    trustLevel: string;
  };
  /** What stands on it; what is sensitive is masked unless it was asked for. */
  number: string;
  holders: readonly string[];
  fields: readonly { name: string; label: string; value: string }[];
  /** The watermarked picture as a data address; null when not shown. */
  photo: string | null;
  isWhole: boolean;
  purpose: string;
  /** Neighbours in the row of versions. */
  previousHref: string | null;
  nextHref: string | null;
  /** null when nothing more can be done to it. */
  changeHref: string | null;
  actHref: string | null;
  error?: string;
}

type Words = Text['officersCertificates'];

const Facts = ({ props, words }: { props: OfficersCertificatePageProps; words: Words }): VNode => {
  const { plain, number, holders, fields, state, context } = props;
  return (
    <dl>
      <Fact name={words.state} value={textOf(context.language).portal.states[state]} />
      <Fact name={words.number} value={number} code />
      {holders.map((holder, i) => (
        <Fact key={`${i + 1}`} name={words.holder} value={holder} />
      ))}
      {fields.map(({ name, label, value }) => (
        <Fact key={name} name={label} value={value} />
      ))}
      <Fact name={words.issuer} value={plain.issuer} />
      <Fact name={words.area} value={plain.area} code />
      <Fact name={words.issuedOn} value={plain.issuedOn} />
      {plain.validFrom !== null && <Fact name={words.validFrom} value={plain.validFrom} />}
      <Fact name={words.validUntil} value={plain.validUntil ?? words.forGood} />
      <Fact name={words.version} value={plain.version} />
      <Fact name={words.trustLevel} value={plain.trustLevel} />
      <Fact name={words.identifier} value={plain.identifier} code />
    </dl>
  );
};

const AskWhole = ({ props, words }: { props: OfficersCertificatePageProps; words: Words }): VNode => (
  <form class="apart" method="post" action={props.path}>
    <Hidden values={{ csrf: props.csrf }} />
    <p>{words.masked}</p>
    <Field
      text={textOf(props.context.language)}
      name="purpose"
      label={words.purpose}
      hint={words.purposeHint}
      value={props.purpose}
      error={props.error}
      autocomplete="off"
      maxLength={200}
    />
    <Button kind="secondary">{words.openWhole}</Button>
  </form>
);

/** Renders one certificate to an officer of its authority, masked until the whole of it is asked for with a reason. */
export const OfficersCertificatePage = (props: OfficersCertificatePageProps): VNode => {
  const { context, typeName, photo, isWhole, error } = props;
  const text = textOf(context.language);
  const words = text.officersCertificates;
  const ways = [
    [props.changeHref, words.change],
    [props.actHref, words.act],
    [props.previousHref, words.previous],
    [props.nextHref, words.next],
  ] as const;
  return (
    <Layout context={context} title={typeName} wrong={error !== undefined}>
      {error !== undefined && <ErrorSummary text={text} errors={[{ field: 'purpose', text: error }]} />}
      <h1>{typeName}</h1>
      {photo !== null && <img class="photo" src={photo} alt={words.photoAlt} width={239} height={294} />}
      <Facts props={props} words={words} />
      <div class="stack">
        {ways.map(
          ([href, label]) =>
            href !== null && (
              <ActionLink key={label} href={href} kind="secondary">
                {label}
              </ActionLink>
            ),
        )}
      </div>
      {!isWhole && <AskWhole props={props} words={words} />}
      <WaysOn context={context} back={{ href: '/console/certificates', label: words.back }} />
    </Layout>
  );
};
