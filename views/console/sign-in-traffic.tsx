import type { VNode } from 'preact';
import { fill, type Text } from '../text/index.ts';
import { BarChart } from './bar-chart.tsx';
import { wordOf } from './words.ts';

/** What came of sign-ins: done, and not done. */
interface Outcomes {
  admitted: number;
  refused: number;
}

/** The sign-ins between two regions as they are shown. */
export interface ShownSignIns {
  /** Over how many days they were counted. */
  days: number;
  /** Every day, the oldest first; none when nobody signed in. */
  counts: readonly { day: string; host: Outcomes; home: Outcomes }[];
  causes: readonly { cause: string; count: number }[];
}

const Days = ({ counts, text }: { counts: ShownSignIns['counts']; text: Text }): VNode => {
  const words = text.regionObjections.traffic;
  return (
    <table>
      <caption>{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          {[words.host, words.home].flatMap((side) => [
            <th key={`${side} admitted`} scope="col">{`${side} ${words.admitted}`}</th>,
            <th key={`${side} refused`} scope="col">{`${side} ${words.refused}`}</th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {counts
          .filter(({ host, home }) => totalOf(host) + totalOf(home) > 0)
          .map(({ day, host, home }) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              <td>{host.admitted}</td>
              <td>{host.refused}</td>
              <td>{home.admitted}</td>
              <td>{home.refused}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
};

const totalOf = ({ admitted, refused }: Outcomes): number => admitted + refused;

const Causes = ({ causes, text }: { causes: ShownSignIns['causes']; text: Text }): VNode => {
  const words = text.regionObjections.traffic;
  return (
    <table>
      <caption>{words.causes}</caption>
      <thead>
        <tr>
          <th scope="col">{words.cause}</th>
          <th scope="col">{words.count}</th>
        </tr>
      </thead>
      <tbody>
        {causes.map(({ cause, count }) => (
          <tr key={cause}>
            <th scope="row">{wordOf(words.reasons, cause)}</th>
            <td>{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Renders the sign-ins between two regions day by day, as a chart and as a table, and why some came to nothing. */
export const SignInTraffic = ({ signIns, text }: { signIns: ShownSignIns; text: Text }): VNode => {
  const words = text.regionObjections.traffic;
  const { counts, causes, days } = signIns;
  const columns = counts.map(({ day, host, home }) => ({
    label: day,
    parts: [host.admitted + home.admitted, host.refused + home.refused],
  }));
  const most = Math.max(0, ...counts.map(({ host, home }) => totalOf(host) + totalOf(home)));
  const title = fill(words.chart, {
    from: counts[0]?.day ?? '',
    until: counts.at(-1)?.day ?? '',
    most: String(most),
  });
  return (
    <section class="apart" aria-labelledby="sign-ins">
      <h2 id="sign-ins">{words.title}</h2>
      <p>{fill(words.lead, { days: String(days) })}</p>
      {counts.length === 0 && <p>{words.none}</p>}
      {counts.length > 0 && (
        <>
          <BarChart id="sign-in-chart" title={title} columns={columns} />
          <Days counts={counts} text={text} />
        </>
      )}
      {causes.length > 0 && <Causes causes={causes} text={text} />}
    </section>
  );
};
