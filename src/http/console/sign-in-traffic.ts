import type { ShownSignIns } from '../../../views/console/sign-in-traffic.tsx';
import type { SignInDayCount, SignInSide } from '../../recognition/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { nowOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';

const daysShown = 30;
const dayMilliseconds = 86_400_000;

const sumOf = (counts: readonly SignInDayCount[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

const outcomesOn = (counts: readonly SignInDayCount[], day: string, side: SignInSide) => {
  const found = counts.filter((one) => one.day === day && one.side === side);
  const admitted = sumOf(found.filter(({ cause }) => cause === 'admitted'));
  return { admitted, refused: sumOf(found) - admitted };
};

/** Reads the sign-ins under identifiers as the page shows them: each of the last days, also those without any. */
export async function signInsOf(
  { signInTraffic, ...deps }: ConsoleDeps,
  agreementIds: readonly string[],
): Promise<ShownSignIns> {
  const counted = await Promise.all(agreementIds.map((id) => signInTraffic.listDays(id, daysShown)));
  const counts = counted.flat();
  const now = nowOf(deps).getTime();
  const days = Array.from({ length: daysShown }, (_, i) =>
    shanghaiDateOf(new Date(now - (daysShown - 1 - i) * dayMilliseconds)),
  );
  const refusals = counts.filter(({ cause }) => cause !== 'admitted');
  const causes = [...new Set(refusals.map(({ cause }) => cause))]
    .map((cause) => ({ cause, count: sumOf(refusals.filter((one) => one.cause === cause)) }))
    .sort((a, b) => b.count - a.count);
  return {
    days: daysShown,
    counts:
      counts.length === 0
        ? []
        : days.map((day) => ({
            day,
            host: outcomesOn(counts, day, 'host'),
            home: outcomesOn(counts, day, 'home'),
          })),
    causes,
  };
}
