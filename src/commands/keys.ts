import { withHouse } from './with-house.ts';

/**
 * Rotates the signing keys of the provider and of credentials: the published next key signs; the provider's former stays
 * published for the overlap, that of credentials for ever.
 */
export async function rotateKeys(): Promise<void> {
  await withHouse(async (house) => {
    await house.crypto.keyRing.rotate();
    const { keys } = await house.crypto.keyRing.load();
    for (const { kid, state, verifyUntil } of keys)
      console.log(`${state.padEnd(8)} ${kid}${verifyUntil ? ` until ${verifyUntil.toISOString()}` : ''}`);
    await house.crypto.credentialKeys.rotate();
    const { signing, published } = await house.crypto.credentialKeys.load();
    console.log(
      `credentials are signed by ${signing.kid} and verify by ${published.keys.length} published keys`,
    );
    console.log('Running servers take the new key within 15 seconds.');
  });
}
