/** The holder query of a province over as many thin entries as asked for, at each power of ten on the way. */
import { parseDirectoryKey } from '../src/crypto/index.ts';
import type { House } from '../src/house.ts';
import {
  formatCertificateIdentifier,
  parseCertificateTypeCode,
} from '../src/terms/certificate-identifier.ts';
import { parseCreditCode } from '../src/terms/credit-code.ts';
import { quantile } from './report.ts';

export const directoryKey = 'd1'.repeat(32);
const key = parseDirectoryKey(directoryKey);
const typeCode = parseCertificateTypeCode('11999999000000019M007');
const issuerCode = parseCreditCode('11999999000000027G');
const batch = 500;
const queries = 400;

/** Sends entries in, as a city does but without the wire, and measures after 10^4, 10^5 and so on. */
export async function measureEntries(
  { parentSide }: House,
  numberOf: (index: number) => string,
  most: number,
): Promise<void> {
  const name = { zh: '示例市', en: 'Example city' };
  const child = { region: '990100', clientId: 'city', name, address: 'https://city.example', enabled: true };
  await parentSide.saveChild({ ...child, actor: 'bench' });
  const entryOf = (index: number) => ({
    identifier: formatCertificateIdentifier({ typeCode, issuerCode, serial: `RE${index}`, version: 1 }),
    areaCode: '990100',
    status: 'valid',
    revision: 1,
    holderBlinds: [key.blindOf(`111:${numberOf(index)}`)],
  });
  let sent = 0;
  for (let size = 10_000; size <= most; size *= 10) {
    const startedAt = performance.now();
    const before = sent;
    for (; sent < size; sent += batch) {
      const entries = Array.from({ length: Math.min(batch, size - sent) }, (_, i) => entryOf(sent + i));
      await parentSide.receiveEntries('city', { keyId: key.id, entries, behind: null });
    }
    const perSecond = (size - before) / ((performance.now() - startedAt) / 1000);
    const wall: number[] = [];
    for (let query = 0; query < queries; query += 1) {
      const code = numberOf((query * 7919) % size);
      const askedAt = performance.now();
      const found = await parentSide.locateLibraries({ holder: { type: '111', code }, typeCode });
      wall.push(performance.now() - askedAt);
      if (found.length !== 1) throw new Error('the entry was not found');
    }
    console.log(
      `locate among ${size} entries  p50 ${quantile(wall, 0.5).toFixed(2)} ms, p95 ${quantile(wall, 0.95).toFixed(2)} ms (taken in ${perSecond.toFixed(0)} a second)`,
    );
  }
}
