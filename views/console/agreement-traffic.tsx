import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { fill, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';
import { type ShownSignIns, SignInTraffic } from './sign-in-traffic.tsx';

export interface TrafficPageProps {
  context: PageContext;
  /** The agreement's page. */
  href: string;
  name: string;
  /** The newest first. */
  days: readonly { day: string; total: number; refused: number }[];
  /** Why questions were refused, by code. */
  refusals: readonly { code: string; count: number }[];
  /** How many receipts were counted at most. */
  most: number;
  signIns: ShownSignIns;
}

/** Draws how much of the busiest day a number is; the words beside it say the number. */
const Bar = ({ share }: { share: number }): VNode => (
  <svg width="100%" height="8" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect width={share * 100} height="8" fill="currentColor" />
  </svg>
);

/** Renders what was asked under an agreement day by day, and why some of it was refused. */
export const TrafficPage = (props: TrafficPageProps): VNode => {
  const { context, href, name, days, refusals, most, signIns } = props;
  const text = textOf(context.language);
  const { traffic: words, one, backToOne } = text.recognition;
  const busiest = Math.max(1, ...days.map(({ total }) => total));
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{fill(one.title, { name })}</p>
      <p>{fill(words.lead, { most: String(most) })}</p>
      {days.length === 0 && <p>{words.none}</p>}
      {days.length > 0 && (
        <ol class="items">
          {days.map(({ day, total, refused }) => (
            <li key={day}>
              <span>{fill(words.day, { day, total: String(total), refused: String(refused) })}</span>
              <Bar share={total / busiest} />
            </li>
          ))}
        </ol>
      )}
      {refusals.length > 0 && (
        <section aria-labelledby="refusals">
          <h2 id="refusals">{words.refusals}</h2>
          <ul>
            {refusals.map(({ code, count }) => (
              <li key={code}>
                <span class="code">{code}</span> {fill(words.times, { count: String(count) })}
              </li>
            ))}
          </ul>
        </section>
      )}
      <SignInTraffic signIns={signIns} text={text} />
      <WaysOn context={context} back={{ href, label: backToOne }} />
    </Layout>
  );
};
