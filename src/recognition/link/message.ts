import type { MessageClaims, MessageRoute } from '../../crypto/index.ts';

/**
 * A kind of message between regions and its answer. Both are JWTs (RFC 7519) signed by the operational key of who sends
 * them, that hold for a minute; the names and members are a design of this project.
 */
export interface MessageKind {
  /** Where it is posted, below the issuer of who is asked. */
  path: `/peer/${string}`;
  /** The `typ` in the header of the question, and of the answer. */
  type: string;
  answerType: string;
  /** Whether both are encrypted as well: what holds something personal is. */
  isSealed: boolean;
}

/** A question of a peer whose word it is was proved: the peer is confirmed, the signature holds, it is new and for us. */
export interface PeerQuestion {
  /** The entity identifier of who asks. */
  from: string;
  claims: MessageClaims;
  /** The hash of the signed question, for receipts; the answer carries it as `requestHash`. */
  requestHash: string;
  /** When it was said, never later than now. */
  saidAt: Date;
}

/** What is answered; a refusal of the field is an answer too, signed like any other, with a status of its own. */
export interface PeerReply {
  content: Record<string, unknown>;
  /** The HTTP status; 200 when left out. */
  status?: number;
}

/** A verified answer to the very question that was asked. */
export interface PeerAnswer {
  claims: MessageClaims;
  status: number;
  requestHash: string;
  answerHash: string;
  /** When it was said, never later than now. */
  saidAt: Date;
}

/** Says who talks to whom, in which type. */
export const routeOf = (type: string, issuer: string, audience: string): MessageRoute => ({
  type,
  issuer,
  audience,
});

/** The kinds by which agreements are made and kept alike. */
export const messageKinds = {
  /** A proposal, a countersignature, an event: all that is here of one version. Answered by how it is seen now. */
  envelope: {
    path: '/peer/agreements',
    type: 'yihao-agreement-envelope+jwt',
    answerType: 'yihao-agreement-receipt+jwt',
    isSealed: false,
  },
  /** Asks for the envelope of a version, by who finds that something of it is missing here. */
  read: {
    path: '/peer/agreements/read',
    type: 'yihao-agreement-read+jwt',
    answerType: 'yihao-agreement-read-answer+jwt',
    isSealed: false,
  },
  /** Asks for a published mapping that an agreement refers to. */
  mapping: {
    path: '/peer/mappings/read',
    type: 'yihao-mapping-read+jwt',
    answerType: 'yihao-mapping-read-answer+jwt',
    isSealed: false,
  },
  /** How every version between the two is seen, both ways. */
  heartbeat: {
    path: '/peer/heartbeat',
    type: 'yihao-heartbeat+jwt',
    answerType: 'yihao-heartbeat-answer+jwt',
    isSealed: false,
  },
} as const satisfies Record<string, MessageKind>;
