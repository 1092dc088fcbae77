import { demoPeople } from '../config/demo/people.ts';
import type { Subject } from './subject.ts';
import type { Tokens, Visitor } from './visitor.ts';

/** One server under test and the client that visits it. */
export interface Contestant {
  subject: Subject;
  visitor: Visitor;
}

/** What is measured. `prepare` runs before the clock starts. */
export interface Work {
  name: string;
  repeats: number;
  prepare(visitor: Visitor): Promise<() => Promise<unknown>>;
}

/** One stretch of equal work on one server. */
export interface Round {
  cpuMilliseconds: number;
  /** Wall time of each piece of work that went well. */
  wallMilliseconds: number[];
  requests: number;
  errors: string[];
  repeats: number;
}

const numberOf = (index: number): string => demoPeople[index % demoPeople.length]?.number ?? '';

/** Lists what is measured: the full login, and the two calls a site makes most often after it. */
export function worksOf(logins: number): Work[] {
  const calls = logins * 5;
  return [
    {
      name: 'login',
      repeats: logins,
      prepare: async (visitor) => {
        let index = 0;
        return () => visitor.login(numberOf(index++));
      },
    },
    {
      name: 'refresh',
      repeats: calls,
      prepare: async (visitor) => {
        let tokens: Tokens = await visitor.login(numberOf(0));
        return async () => {
          tokens = await visitor.refresh(tokens);
        };
      },
    },
    {
      name: 'introspection',
      repeats: calls,
      prepare: async (visitor) => {
        const tokens = await visitor.login(numberOf(0));
        return () => visitor.introspect(tokens);
      },
    },
  ];
}

/**
 * Does the work, `lanes` pieces at a time; each lane is prepared for itself. With one lane the wall time is that of a
 * person alone; with more, CPU is that of a busy server and wall time holds the wait for the others.
 */
export async function runRound({ subject, visitor }: Contestant, work: Work, lanes = 1): Promise<Round> {
  const acts = await Promise.all(Array.from({ length: lanes }, () => work.prepare(visitor)));
  const wallMilliseconds: number[] = [];
  const errors: string[] = [];
  const requestsBefore = visitor.requests();
  const cpuBefore = await subject.cpuMilliseconds();
  let left = work.repeats;
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    while (left-- > 0) {
      const startedAt = performance.now();
      try {
        await act();
        wallMilliseconds.push(performance.now() - startedAt);
      } catch (error) {
        errors.push(error instanceof Error ? error.message : 'not an error');
      }
    }
  };
  await Promise.all(acts.map(run));
  return {
    cpuMilliseconds: (await subject.cpuMilliseconds()) - cpuBefore,
    wallMilliseconds,
    requests: visitor.requests() - requestsBefore,
    errors,
    repeats: work.repeats,
  };
}

/** Puts rounds of the same server together. */
export const joinRounds = (rounds: readonly Round[]): Round => ({
  cpuMilliseconds: sum(rounds.map((round) => round.cpuMilliseconds)),
  wallMilliseconds: rounds.flatMap((round) => round.wallMilliseconds),
  requests: sum(rounds.map((round) => round.requests)),
  errors: rounds.flatMap((round) => round.errors),
  repeats: sum(rounds.map((round) => round.repeats)),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
