import { joinRounds, type Round } from './rounds.ts';

/** The rounds of one kind of work, in the order they ran: Yihao, bare, Yihao, bare. */
export interface Measured {
  work: string;
  yihao: Round[];
  bare: Round[];
  /** What Redis used for Yihao's part; it is another process and not in Yihao's figure. */
  redisCpuMilliseconds: number;
}

/** The most CPU a login without a passkey may cost, as a multiple of the bare library's. */
export const aimedRatio = 1.5;

/** Returns the CPU milliseconds of one piece of work. */
export const perPiece = (round: Round): number => round.cpuMilliseconds / round.repeats;

/** Returns how much more CPU Yihao uses for one piece of work. */
export const ratioOf = ({ yihao, bare }: Measured): number =>
  perPiece(joinRounds(yihao)) / perPiece(joinRounds(bare));

/** Returns the value below which a share of the values lie; NaN of none. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;

const row = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(8) : cell.padStart(10))).join('');

const figures = (name: string, rounds: readonly Round[]): string => {
  const all = joinRounds(rounds);
  return row([
    name,
    perPiece(all).toFixed(2),
    rounds.map((round) => perPiece(round).toFixed(1)).join('/'),
    quantile(all.wallMilliseconds, 0.5).toFixed(1),
    quantile(all.wallMilliseconds, 0.95).toFixed(1),
    (all.requests / all.repeats).toFixed(1),
    String(all.errors.length),
  ]);
};

/** Writes one kind of work as a small table. */
export function describe(measured: Measured, lanes: number): string {
  const { work, yihao, bare, redisCpuMilliseconds } = measured;
  const { repeats } = joinRounds(yihao);
  const rounds = yihao.length;
  return [
    `${work}: ${rounds} rounds of ${repeats / rounds} each, ${lanes === 1 ? 'one after the other' : `${lanes} at a time`}`,
    row(['', 'CPU ms', 'by round', 'p50 ms', 'p95 ms', 'requests', 'errors']),
    figures('Yihao', yihao),
    figures('bare', bare),
    `CPU ratio ${ratioOf(measured).toFixed(2)}; beside it Redis used ${(redisCpuMilliseconds / repeats).toFixed(2)} ms of CPU`,
    '',
  ].join('\n');
}

/** Names each error once, with how often it came. */
export function describeErrors(all: readonly Measured[]): string[] {
  const counts = new Map<string, number>();
  for (const { work, yihao, bare } of all)
    for (const [name, rounds] of Object.entries({ yihao, bare }))
      for (const error of joinRounds(rounds).errors) {
        const line = `${work} at ${name}: ${error}`;
        counts.set(line, (counts.get(line) ?? 0) + 1);
      }
  return [...counts].map(([line, count]) => `${count} x ${line}`);
}
