import { withHouse } from './with-house.ts';

/** Rotates the signing keys: the published next key signs, the former stays published for the overlap. */
export async function rotateKeys(): Promise<void> {
  await withHouse(async (house) => {
    await house.crypto.keyRing.rotate();
    const { keys } = await house.crypto.keyRing.load();
    for (const { kid, state, verifyUntil } of keys)
      console.log(`${state.padEnd(8)} ${kid}${verifyUntil ? ` until ${verifyUntil.toISOString()}` : ''}`);
    console.log('Running servers take the new key within 15 seconds.');
  });
}
