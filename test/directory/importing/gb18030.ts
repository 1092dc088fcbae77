/** The two-byte characters of GB18030, by the platform's own decoder read backwards. */
const twoBytes = new Map<string, Buffer>();
const decoder = new TextDecoder('gb18030');
for (let lead = 0x81; lead <= 0xfe; lead += 1)
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    const bytes = Buffer.of(lead, trail);
    twoBytes.set(decoder.decode(bytes), bytes);
  }

/** Writes text in GB18030; characters beyond the basic plane in four bytes, by the standard's own arithmetic. */
export const gb18030 = (text: string): Buffer =>
  Buffer.concat([...text].map((character) => encode(character, character.codePointAt(0) ?? 0)));

function encode(character: string, codePoint: number): Buffer {
  if (codePoint < 0x80) return Buffer.of(codePoint);
  if (codePoint < 0x10000) return twoBytes.get(character) ?? Buffer.of(0xff);
  const linear = codePoint - 0x10000;
  return Buffer.of(
    0x90 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  );
}
