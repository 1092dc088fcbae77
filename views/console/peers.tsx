import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { type Fingerprint, FingerprintLines } from './agreement-clauses.tsx';
import { Fact, WaysOn } from './parts.tsx';

export type PeerState = keyof Text['recognition']['peer']['states'];

/** Another region as a list shows it. */
export interface PeerRow {
  href: string;
  name: string;
  region: string;
  state: PeerState;
}

/** A fingerprint, also as the picture of its QR code. */
export interface DrawnFingerprint extends Fingerprint {
  qr: string;
}

const Drawn = ({ drawn, alt, text }: { drawn: DrawnFingerprint; alt: string; text: Text }): VNode => (
  <>
    <FingerprintLines fingerprint={drawn} text={text} />
    <p class="qr">
      <img src={drawn.qr} alt={alt} width={200} height={200} />
    </p>
  </>
);

export interface PeersPageProps {
  context: PageContext;
  own: DrawnFingerprint;
  peers: readonly PeerRow[];
  mayAdd: boolean;
}

/** Renders the other regions, and the fingerprint that they compare with us. */
export const PeersPage = ({ context, own, peers, mayAdd }: PeersPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recognition.peer;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {peers.length === 0 && <p>{words.none}</p>}
      {peers.length > 0 && (
        <ul class="items">
          {peers.map(({ href, name, region, state }) => (
            <li key={href}>
              <strong>
                {name} {region}
              </strong>
              <span class={state === 'confirmed' ? 'state' : 'state ended'}>{words.states[state]}</span>
              <a class="target" href={href}>
                {fill(words.open, { name })}
              </a>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && (
        <ActionLink href="/console/peers/add" kind="secondary">
          {words.add}
        </ActionLink>
      )}
      <section class="apart" aria-labelledby="own">
        <h2 id="own">{words.own}</h2>
        <p>{words.ownLead}</p>
        <Drawn drawn={own} alt={words.qrAlt} text={text} />
      </section>
      <WaysOn context={context} />
    </Layout>
  );
};

export interface PeerPageProps extends PeerRow {
  context: PageContext;
  address: string;
  fingerprint: DrawnFingerprint;
  comparedBy: number;
  mayCompare: boolean;
  mayBlock: boolean;
}

/** Renders one other region: its key, who compared it, and what can be done. */
export const PeerPage = (props: PeerPageProps): VNode => {
  const { context, href, name, region, state, address, fingerprint, comparedBy } = props;
  const text = textOf(context.language);
  const words = text.recognition.peer;
  return (
    <Layout context={context} title={name}>
      <h1>{name}</h1>
      <p class="state">{words.states[state]}</p>
      <dl>
        <Fact name={words.code} value={region} code />
        <Fact name={words.address} value={address} code />
      </dl>
      <h2>{words.fingerprint}</h2>
      <p class="hint">{fill(words.comparedBy, { count: String(comparedBy) })}</p>
      <Drawn drawn={fingerprint} alt={words.qrAltOf} text={text} />
      <div class="stack">
        {props.mayCompare && (
          <ActionLink href={`${href}/compare`} kind="secondary">
            {words.compare}
          </ActionLink>
        )}
        <ActionLink href={`/console/agreements?region=${region}`}>{words.agreements}</ActionLink>
        {props.mayBlock && <ActionLink href={`${href}/block`}>{words.block}</ActionLink>}
      </div>
      <WaysOn context={context} back={{ href: '/console/peers', label: words.back }} />
    </Layout>
  );
};
