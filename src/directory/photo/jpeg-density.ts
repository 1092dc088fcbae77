const imageStart = Buffer.from('ffd8', 'hex');
/** APP0 of JFIF 1.01: marker, length, name, version, unit (dots an inch), both densities, no thumbnail. */
const header = Buffer.from('ffe000104a46494600010101000000000000', 'hex');
const densityAcrossAt = 12;
const densityDownAt = 14;
const applicationMarker = 0xe0;

/**
 * Writes the density of a JPEG just encoded into a JFIF header of its own. The encoder writes one only along with an
 * EXIF block, and a photo is kept without that.
 */
export function writeDensity(jpeg: Buffer, densityPerInch: number): Buffer {
  if (!jpeg.subarray(0, 2).equals(imageStart) || jpeg[3] === applicationMarker)
    throw new Error('The encoder wrote something else than a JPEG without a header.');
  const written = Buffer.from(header);
  written.writeUInt16BE(densityPerInch, densityAcrossAt);
  written.writeUInt16BE(densityPerInch, densityDownAt);
  return Buffer.concat([imageStart, written, jpeg.subarray(2)]);
}
