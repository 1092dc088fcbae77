import { z } from 'zod';
import type { Signals } from '../../signals/index.ts';
import { operation } from './operation.ts';

const mostSignals = 100;
const signalId = z.string().max(64);

/** Makes the operation by which a client fetches its signals (RFC 8936), where they are not pushed to it. */
export const pollOperation = ({ signals }: { signals: Pick<Signals, 'poll'> }) =>
  operation({
    id: 'pollSignals',
    path: '/signals/poll',
    scope: 'signal.receive',
    summary: { zh: '领取事件', en: 'Fetch signals, and answer for those fetched before' },
    body: z.strictObject({
      maxEvents: z.int().min(0).max(mostSignals).default(20),
      /** Taken and not needed: the answer always comes at once. */
      returnImmediately: z.boolean().optional(),
      ack: z.array(signalId).max(mostSignals).default([]),
      setErrs: z
        .record(signalId, z.object({ err: z.string().max(64), description: z.string().max(500).optional() }))
        .default({}),
    }),
    answer: z.object({ sets: z.record(z.string(), z.string()), moreAvailable: z.boolean() }),
    refusals: ['signal-subscription-missing', 'signal-not-polled'],
    run: ({ maxEvents, ack, setErrs }, { clientId }) => signals.poll({ clientId, maxEvents, ack, setErrs }),
  });
