/** Hands out plain bytes: a lean read gives the driver's own binary type. */
export const bytesOf = (value: unknown): Buffer => {
  if (Buffer.isBuffer(value)) return value;
  const { buffer, position } = value as { buffer: Uint8Array; position?: number };
  return Buffer.from(buffer.subarray(0, position ?? buffer.length));
};
