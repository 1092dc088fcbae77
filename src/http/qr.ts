import QRCode from 'qrcode';

/** Draws a text as a QR code, black on white whatever the scheme, as the address of an image. */
export const drawQr = async (text: string, errorCorrectionLevel: 'L' | 'M'): Promise<string> => {
  const svg = await QRCode.toString(text, { type: 'svg', margin: 0, errorCorrectionLevel });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
};
