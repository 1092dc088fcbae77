import type { z } from 'zod';
import type { MessageKind, PeerQuestion, PeerReply } from '../../recognition/index.ts';

/** One message that other regions send here: its kind, what is in it, and what is done with it. */
export interface PeerMessage<Content = unknown> {
  kind: MessageKind;
  /** The members beside those every message has. */
  content: z.ZodType<Content>;
  handle(content: Content, question: PeerQuestion): Promise<PeerReply>;
}

/** Keeps the types of one message together. */
export const message = <Content>(one: PeerMessage<Content>): PeerMessage => one as unknown as PeerMessage;
