import { thumbprintOf } from '../../crypto/index.ts';
import type { Work } from '../ports.ts';
import { append, change, ownProgress } from './append.ts';
import { keyProofBytes, keyProofType } from './event.ts';
import type { AgreementRecord } from './record.ts';

const pageSize = 100;

/**
 * Rotates this region's agreement key: announces the next one in every chain of its own, signed by the old and proved by
 * the new, and only then lets it sign. Called again after a crash in between, it goes on where it was. The peers have to
 * hear of it before key sets are signed by the new key for longer than they hold the last one: the undelivered are sent.
 */
export async function rotateAgreementKey(work: Work, actor: string): Promise<void> {
  const { next } = await work.keys.load();
  let after: string | null = null;
  for (;;) {
    const records: AgreementRecord[] = await work.agreements.page(after, pageSize);
    for (const record of records) await announce(work, record, actor);
    after = records.at(-1)?._id ?? null;
    if (records.length < pageSize) break;
  }
  // Only the key that was announced may follow: of two who rotate at once, one finds that it has been done.
  const { next: stillNext } = await work.keys.load();
  if (thumbprintOf(stillNext) === thumbprintOf(next)) await work.keys.rotate({ actor });
}

async function announce(work: Work, record: AgreementRecord, actor: string): Promise<void> {
  await change(work, record, {
    actor,
    async decide(read) {
      const { next } = await work.keys.load();
      // What other regions agreed under a framework is here as well, and is theirs to speak in.
      if (read.chains.every(({ party }) => party !== work.self.entityId)) return null;
      const own = ownProgress(work, read);
      const canSpeak = ['signed', 'acknowledged', 'terminated'].includes(own.phase);
      if (!canSpeak || thumbprintOf(own.key) === thumbprintOf(next)) return null;
      const about = { agreementId: read.agreementId, party: work.self.entityId };
      const header = { typ: keyProofType, iss: work.self.entityId };
      const proof = await work.keys.sign(thumbprintOf(next), keyProofBytes(about, own.key), header);
      const told = await append(work, read, { act: 'keyRotated', newKey: next, proof });
      return { record: { ...told, undelivered: true }, type: 'keyRotated' };
    },
  });
}
