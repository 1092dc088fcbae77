/**
 * The way to other regions. Owns the messages to peers and the proof of those from them, the queue of what is still to be
 * told to whom, heartbeats, and the check of a peer; owns no agreement (it hands envelopes and statuses to the domain's
 * exchange) and no server (an edge takes the questions in). What is due to a peer stands in the agreements themselves; here
 * is only how it goes with the peer as such, and the lease by which one process at a time talks to it. Messages are JWTs
 * (RFC 7519) signed by operational keys that the compared agreement key vouches for; that, and all times, are our design.
 * Control leaves by calls to peers, by a value, or by an AppError with a code.
 */
import type { Loop } from '../../base/loop.ts';
import type { Mapping, MappingPlace } from '../mapping/record.ts';
import { openQuestion, type SignedReply, sealReply } from './answer.ts';
import { ask } from './ask.ts';
import { checkPeer, describeRegion, type Finding } from './check.ts';
import { fetchMapping } from './mappings.ts';
import type { MessageKind, PeerAnswer, PeerQuestion, PeerReply } from './message.ts';
import type { LinkDeps, LinkWork } from './ports.ts';
import { createRounds, startRounds } from './rounds.ts';
import type { RegionDescription } from './shapes.ts';
import { type LinkRecord, openLinkStore } from './store.ts';

/** What can be done towards other regions. */
export interface PeerLink {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /**
   * Asks a peer once. Throws peer-not-trusted, region-unreachable, region-timeout, peer-refused {code}, and
   * peer-answer-invalid {fault} for what is not signed by it, not for us, or the answer to another question.
   */
  ask(peer: string, kind: MessageKind, content: Record<string, unknown>): Promise<PeerAnswer>;
  /** Proves a question, for an edge. Throws peer-not-trusted, agreement-signature-invalid, peer-message-{invalid,late,replayed}. */
  openQuestion(kind: MessageKind, body: string): Promise<PeerQuestion>;
  sealReply(kind: MessageKind, question: PeerQuestion, reply: PeerReply): Promise<SignedReply>;
  /** Asks a server who it is, before it is registered. */
  describeRegion(url: string): Promise<RegionDescription>;
  checkPeer(url: string): Promise<Finding[]>;
  /** Asks a peer for a published mapping and takes it. Throws as `ask` and recognition's receiveMapping do. */
  fetchMapping(peer: string, place: MappingPlace): Promise<Mapping>;
  /** Lists how it goes with each peer. */
  listLinks(): Promise<LinkRecord[]>;
  /** Does what is due to every peer; resolves when every call has ended. */
  runOnce(): Promise<void>;
  /** Does so again and again until it is stopped. */
  start(idleMilliseconds?: number): Loop;
}

/** What an officer did in this process is told at once; in another, or if that was missed, within this. Our design. */
const usualIdleMilliseconds = 500;

/** Opens the way to other regions. */
export function createPeerLink({ connection, ...deps }: LinkDeps): PeerLink {
  const store = openLinkStore(connection);
  const work: LinkWork = { ...deps, store };
  return {
    ready: () => store.ready(),
    ask: (peer, kind, content) => ask(work, peer, kind, content),
    openQuestion: (kind, body) => openQuestion(work, kind, body),
    sealReply: (kind, question, reply) => sealReply(work, kind, question, reply),
    describeRegion: (url) => describeRegion(work.call, url),
    checkPeer: (url) => checkPeer(work, url),
    fetchMapping: (peer, place) => fetchMapping(work, peer, place),
    listLinks: () => store.list(),
    runOnce: async () => {
      const rounds = createRounds(work, { isStopping: () => false, missed: () => undefined });
      await rounds.begin();
      await rounds.ended();
    },
    start: (idleMilliseconds = usualIdleMilliseconds) => startRounds(work, idleMilliseconds),
  };
}
