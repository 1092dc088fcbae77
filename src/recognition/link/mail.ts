import type { MessageKind, PeerAnswer } from './message.ts';

/** Asks a peer once; throws as the link's own `ask` does. */
export type Ask = (peer: string, kind: MessageKind, content: Record<string, unknown>) => Promise<PeerAnswer>;

/** What waits for peers beside agreements; the link carries it under the same lease, with the same patience. */
export interface Mail {
  /** Does what the clock asks for, before each round, whether a peer is there or not. */
  tend(): Promise<void>;
  isDue(peer: string): Promise<boolean>;
  /** Sends what is due; throws what `ask` throws of the call itself. */
  send(peer: string, ask: Ask, hasTime: () => boolean): Promise<void>;
}
