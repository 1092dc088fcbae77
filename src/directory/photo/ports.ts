import type { Clock } from '../../base/clock.ts';
import type { BytesCipher } from '../../crypto/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { Darkroom } from './darkroom.ts';
import type { PhotoStore } from './store.ts';
import type { WatermarkFont } from './watermark.ts';

/** Finds faces in a picture; an instance without one leaves their place to its officers. */
export interface FaceFinder {
  /** Finds every face in a JPEG; places are in its pixels, from the top left. */
  find(jpeg: Buffer): Promise<FoundFace[]>;
}

/** A face: its width from ear to ear, and where the hair begins and the eyes are, from the top. */
export interface FoundFace {
  width: number;
  hairTop: number;
  eyesTop: number;
}

/** What the photos are given from outside. */
export interface PhotoDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  photoCipher: BytesCipher;
  clock: Clock;
  /** Keys the signature of references: 32 random bytes or more, the same on every process of the instance. */
  referenceKey: Buffer;
  faceFinder?: FaceFinder;
  /** The font of watermarks; left out, the machine's own fonts are asked for Noto Sans CJK SC and whatever follows. */
  watermarkFont?: WatermarkFont;
}

/** What a use case works with. */
export interface Work extends Omit<PhotoDeps, 'connection' | 'watermarkFont'> {
  store: PhotoStore;
  darkroom: Darkroom;
  watermarkFont: WatermarkFont;
}
