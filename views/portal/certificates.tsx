import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

/** A certificate as a card shows it. */
export interface ShownCard {
  href: string;
  typeName: string;
  issuerName: string;
  /** The colour it wears, a word of the catalogue. */
  look: string;
  state: keyof Text['portal']['states'];
  /** Last day of effect; null is for good. */
  validUntil: string | null;
}

export interface CertificatesPageProps {
  context: PageContext;
  cards: readonly ShownCard[];
  nextHref: string | null;
}

const Card = ({ card, words }: { card: ShownCard; words: Text['portal'] }): VNode => (
  <li>
    <a class={`card opens look-${card.look}`} href={card.href}>
      <strong>{card.typeName}</strong>
      <span>{card.issuerName}</span>
      <span class={card.state === 'valid' ? 'state' : 'state ended'}>{words.states[card.state]}</span>
      <span class="hint">
        {card.validUntil === null ? words.forGood : fill(words.until, { date: card.validUntil })}
      </span>
    </a>
  </li>
);

/** Renders a person's certificates as cards. */
export const CertificatesPage = ({ context, cards, nextHref }: CertificatesPageProps): VNode => {
  const words = textOf(context.language).portal;
  return (
    <Layout context={context} title={words.certificates.title}>
      <h1>{words.certificates.title}</h1>
      <p>{cards.length === 0 ? words.certificates.none : words.certificates.lead}</p>
      {cards.length > 0 && (
        <ul class="ways">
          {cards.map((card) => (
            <Card key={card.href} card={card} words={words} />
          ))}
        </ul>
      )}
      <div class="stack">
        {nextHref !== null && (
          <ActionLink href={nextHref} kind="secondary">
            {words.more}
          </ActionLink>
        )}
        <ActionLink href="/my">{words.backHome}</ActionLink>
      </div>
    </Layout>
  );
};
