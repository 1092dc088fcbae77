import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate of a maker that does not exist, and the key it is for. */
export interface MakersCertificate {
  der: Buffer;
  privateKey: KeyObject;
  pem: string;
}

/** DER (X.690): a tag, a length, and what is inside. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const inside = Buffer.concat(parts);
  const length = inside.length;
  const lengthBytes =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), inside]);
};
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
const bits = (bytes: Buffer): Buffer => der(0x03, Buffer.from([0]), bytes);

const ecdsaSha256 = sequence(oid('2a8648ce3d040302'));
const basicConstraints = oid('551d13');
/** Country, organisation, unit, common name: what WebAuthn's packed format wants in a maker's certificate. */
const nameOf = (common: string): Buffer =>
  sequence(
    ...[
      ['550406', 'CN'],
      ['55040a', 'Example Keys'],
      ['55040b', 'Authenticator Attestation'],
      ['550403', common],
    ].map(([type = '', value = '']) => der(0x31, sequence(oid(type), utf8(value)))),
  );
const time = (text: string): Buffer => der(0x17, Buffer.from(text));

/** Makes a certificate (X.509 v3, written by hand); its own issuer when none is given. `until` is a UTCTime. */
export function makeCertificate(
  common: string,
  issuer?: { common: string; privateKey: KeyObject },
  until = '491231235959Z',
): MakersCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = issuer === undefined;
  const constraints = sequence(...(isAuthority ? [der(0x01, Buffer.from([0xff]))] : []));
  const extension = sequence(basicConstraints, der(0x04, constraints));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaSha256,
    nameOf(issuer?.common ?? common),
    sequence(time('200101000000Z'), time(until)),
    nameOf(common),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = bits(sign('sha256', body, issuer?.privateKey ?? privateKey));
  const certificate = sequence(body, ecdsaSha256, signature);
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  return { der: certificate, privateKey, pem };
}
