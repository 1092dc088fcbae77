import { canonicalBytes, digestOf } from '../../src/crypto/index.ts';
import { follow, startOf } from '../../src/recognition/agreement/chain.ts';
import { readEvent, verifyEvent } from '../../src/recognition/agreement/event.ts';
import { verifyAgreement } from '../../src/recognition/agreement/signed.ts';
import { type Agreement, type Envelope, resolveRules, type Standing } from '../../src/recognition/index.ts';

/**
 * Verifies what the two sides of a bilateral agreement sent, in the order of its parties, by the pinned keys and by nothing
 * else, and makes of it what the gate goes by, as whoever last heard the other side at an instant.
 */
export async function judgeEnvelopes(
  envelopes: readonly Envelope[],
  { pinned, heardAt }: { pinned: Record<string, string>; heardAt: Date | null },
): Promise<Standing> {
  const fullest = [...envelopes].sort((a, b) => b.signed.signatures.length - a.signed.signatures.length)[0];
  if (fullest === undefined) throw new Error('no envelope');
  const read = await verifyAgreement(fullest.signed, (entityId) => [pinned[entityId] ?? '']);
  const progress = [];
  for (const [i, owner] of read.document.parties.entries()) {
    let at = startOf(owner, read.digest);
    for (const text of envelopes[i]?.events ?? []) {
      const event = readEvent(text);
      await verifyEvent(text, event, at.key);
      const next = follow(at, event, read);
      if (typeof next === 'string') throw new Error(next);
      at = next;
    }
    progress.push(at);
  }
  const isWhole = read.signatures.size === read.document.parties.length;
  const agreement: Agreement = {
    ...read,
    signedDigest: isWhole ? digestOf(canonicalBytes(fullest.signed as never)) : null,
    signedBy: [...read.signatures.keys()],
    progress,
    heardAt,
    isBehind: false,
    successor: null,
  };
  if (read.document.kind !== 'bilateral') throw new Error('bilateral only');
  const { id: agreementId, version } = read.document;
  const rules = resolveRules(read.document.rules, () => null);
  if (rules === null) throw new Error('no mapping is at hand');
  return { agreementId, version, digest: read.digest, parts: [agreement], rules, isUnresolved: false };
}
