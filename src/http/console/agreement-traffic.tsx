import { TrafficPage } from '../../../views/console/agreement-traffic.tsx';
import type { FindingResult } from '../../recognition/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { showPage } from '../page.ts';
import { identifiersUnder, otherOf, readFile, rowOf } from './agreement-file.ts';
import type { ConsolePage } from './guard.ts';
import { signInsOf } from './sign-in-traffic.ts';

const mostCounted = 1000;

/** Every way in which a question is answered; any other result is the code of a refusal. */
const answers: Readonly<Record<FindingResult, true>> = {
  valid: true,
  trust_not_covered: true,
  revoked: true,
  suspended: true,
  expired: true,
  not_yet_effective: true,
  not_genuine: true,
  not_found: true,
};

const countBy = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** Shows what was asked under an agreement day by day, as receipts and counts say, and what was refused. */
export const showTraffic: ConsolePage = async (ctx, deps) => {
  const { agreement } = await readFile(ctx, deps);
  const identifiers = await identifiersUnder(deps, agreement.document.id);
  const [found, signIns] = await Promise.all([
    Promise.all(identifiers.map((id) => deps.verifications.listReceipts(id, mostCounted))),
    signInsOf(deps, identifiers),
  ]);
  const receipts = found
    .flat()
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, mostCounted);
  const refused = receipts.filter(({ result }) => !Object.hasOwn(answers, result));
  const dayOf = ({ at }: { at: Date }): string => shanghaiDateOf(at);
  const refusedOn = countBy(refused.map(dayOf));
  const days = [...countBy(receipts.map(dayOf))].map(([day, total]) => ({
    day,
    total,
    refused: refusedOn.get(day) ?? 0,
  }));
  const refusals = [...countBy(refused.map(({ result }) => result))]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count);
  showPage(ctx, deps, (context) => (
    <TrafficPage
      context={context}
      days={days}
      refusals={refusals}
      signIns={signIns}
      href={rowOf(deps, agreement).href}
      name={otherOf(deps, agreement).name}
      most={mostCounted}
    />
  ));
};
