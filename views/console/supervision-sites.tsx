import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { answerText, rateText, type ShownFigures } from '../parts/site-health.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

/** A site that could not be told what it wants to hear. */
export interface DeafSite {
  name: string;
  /** Null when signals reach it. */
  signals: { failingSince: Date | null; waiting: number; parked: number } | null;
  signOuts: number;
}

/** A site with something to look at. */
export interface AilingSite {
  name: string;
  clientId: string;
  figures: ShownFigures;
}

/** Renders the sites that do not hear what they are told. */
export const DeafSites = ({ context, deaf }: { context: PageContext; deaf: readonly DeafSite[] }): VNode => {
  const words = textOf(context.language).supervision;
  const signalsText = ({ failingSince, waiting, parked }: NonNullable<DeafSite['signals']>): string =>
    fill(failingSince === null ? words.signalsDisabled : words.signalsFailing, {
      date: failingSince === null ? '' : momentOf(context.language, failingSince),
      waiting: String(waiting),
      parked: String(parked),
    });
  return (
    <section class="apart" aria-labelledby="deaf">
      <h2 id="deaf">{words.deaf}</h2>
      {deaf.length === 0 ? (
        <p>{words.deafNone}</p>
      ) : (
        <ul class="items">
          {deaf.map(({ name, signals, signOuts }) => (
            <li key={name}>
              <strong>{name}</strong>
              {signals !== null && <span class="hint">{signalsText(signals)}</span>}
              {signOuts > 0 && <span class="hint">{fill(words.signOuts, { count: String(signOuts) })}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const linesOf = (text: Text, figures: ShownFigures): string[] => {
  const words = text.siteHealth;
  const { requests, refused, overQuota, answers } = figures;
  return [
    ...answers.map((one) => answerText(text, one)),
    ...(requests > 0
      ? [
          fill(words.refusedLine, {
            requests: String(requests),
            refused: String(refused),
            rate: rateText(figures),
          }),
        ]
      : []),
    ...(overQuota > 0 ? [`${words.overQuota} ${overQuota}`] : []),
  ];
};

/** Renders the sites that are slow, refused often or beyond their quota today. */
export const AilingSites = ({
  context,
  ailing,
  mayReadSites,
}: {
  context: PageContext;
  ailing: readonly AilingSite[];
  mayReadSites: boolean;
}): VNode => {
  const text = textOf(context.language);
  const words = text.siteHealth;
  return (
    <section class="apart" aria-labelledby="ailing">
      <h2 id="ailing">{words.ailing}</h2>
      {ailing.length === 0 ? (
        <p>{words.ailingNone}</p>
      ) : (
        <ul class="items">
          {ailing.map(({ name, clientId, figures }) => (
            <li key={clientId}>
              {mayReadSites ? (
                <a class="target" href={`/console/sites/${encodeURIComponent(clientId)}`}>
                  {name}
                </a>
              ) : (
                <strong>{name}</strong>
              )}
              {linesOf(text, figures).map((line) => (
                <span class="hint" key={line}>
                  {line}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
