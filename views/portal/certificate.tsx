import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

/** One line of a certificate: what it is called and what it says. */
export interface ShownField {
  name: string;
  label: string;
  value: string;
}

export interface CertificatePageProps {
  context: PageContext;
  typeName: string;
  look: string;
  issuerName: string;
  identifier: string;
  number: string;
  state: keyof Text['portal']['states'];
  issuedOn: string;
  validUntil: string | null;
  holders: readonly string[];
  fields: readonly ShownField[];
  /** Where the photo is, for a minute; null when there is none. */
  photoHref: string | null;
  /** null when it is of no use now. */
  presentHref: string | null;
  /** Where it is had for a wallet; null when it is of no use now. */
  credentialHref: string | null;
  /** Where it is taken into a wallet; null when it is of no use. */
  walletHref: string | null;
  /** Where a copy to print is asked for; null when it is of no use now. */
  copyHref: string | null;
}

const Line = ({ term, children, code }: { term: string; children: string; code?: boolean }): VNode => (
  <div>
    <dt>{term}</dt>
    <dd class={code ? 'code' : undefined}>{children}</dd>
  </div>
);

/** Renders one certificate with all it says; only its holder sees this page. */
export const CertificatePage = (props: CertificatePageProps): VNode => {
  const { context, typeName, state, validUntil, holders, fields, photoHref, presentHref } = props;
  const words = textOf(context.language).portal;
  const one = words.certificate;
  return (
    <Layout context={context} title={typeName}>
      <h1>{typeName}</h1>
      <div class={`card look-${props.look}`}>
        {photoHref !== null && <img class="photo" src={photoHref} alt={one.photo} width={120} height={148} />}
        <strong>{holders.join('、')}</strong>
        <span>{props.issuerName}</span>
        <span class={state === 'valid' ? 'state' : 'state ended'}>{words.states[state]}</span>
      </div>
      {presentHref === null ? (
        <p>{one.ofNoUse}</p>
      ) : (
        <p>
          <a class="button primary" href={presentHref}>
            {one.present}
          </a>
        </p>
      )}
      <dl>
        <Line term={one.number} code>
          {props.number}
        </Line>
        {fields.map(({ name, label, value }) => (
          <Line key={name} term={label}>
            {value}
          </Line>
        ))}
        <Line term={one.issuedOn}>{props.issuedOn}</Line>
        <Line term={one.validity}>
          {validUntil === null ? words.forGood : fill(words.until, { date: validUntil })}
        </Line>
        <Line term={one.identifier} code>
          {props.identifier}
        </Line>
      </dl>
      <p class="hint">{words.wrong}</p>
      <div class="stack">
        {props.copyHref !== null && (
          <ActionLink href={props.copyHref} kind="secondary">
            {one.copy}
          </ActionLink>
        )}
        {props.walletHref !== null && (
          <ActionLink href={props.walletHref} kind="secondary">
            {textOf(context.language).wallet.title}
          </ActionLink>
        )}
        {props.credentialHref !== null && (
          <ActionLink href={props.credentialHref} kind="secondary">
            {one.credential}
          </ActionLink>
        )}
      </div>
      {props.credentialHref !== null && <p class="hint">{one.credentialHint}</p>}
      <ActionLink href="/my/certificates">{one.back}</ActionLink>
    </Layout>
  );
};
