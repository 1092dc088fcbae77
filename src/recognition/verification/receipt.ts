import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { canonicalBytes, digestOf } from '../../crypto/index.ts';
import type { VerificationWork } from './ports.ts';
import type { Receipt } from './store.ts';

/** What a receipt says, beside what every one has. */
export type ReceiptContent = Omit<Receipt, '_id' | 'at' | 'outbox'>;

/** Keeps a receipt and returns its identifier. An answer that cannot be trusted is an event of its own, to be alarmed by. */
export async function keepReceipt(
  { receipts, clock }: VerificationWork,
  content: ReceiptContent,
): Promise<string> {
  const { side, peer, agreementId, result } = content;
  const type = result === 'peer-answer-invalid' ? 'verification.answer-invalid' : `verification.${side}`;
  const detail = { peer, result, ...(agreementId === null ? {} : { agreementId }) };
  const event = newEvent(clock, type, content.requesterId, detail);
  const receiptId = newId();
  await receipts.insert({ _id: receiptId, ...content, at: clock.now(), outbox: [event] });
  return receiptId;
}

/** Hashes the content of an answer, which both sides hold alike; how it was signed and encrypted differs by message. */
export const hashOfContent = (content: Record<string, unknown>): string =>
  digestOf(canonicalBytes(content as never));
