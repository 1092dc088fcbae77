import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A software authenticator: real keys and signatures, WebAuthn's byte layouts written by hand. */
export interface SoftwareAuthenticator {
  credentialId: string;
  /** Answers creation options as a browser's JSON would. */
  register(options: { challenge: string }, change?: AnswerChange): object;
  /** Answers request options; the counter rises with each unless it is given. */
  assert(options: { challenge: string }, change?: AnswerChange): object;
}

/** What to answer wrongly. */
export interface AnswerChange {
  origin?: string;
  rpId?: string;
  userVerified?: boolean;
  counter?: number;
  challenge?: string;
}

const base64url = (bytes: Buffer): string => bytes.toString('base64url');
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** CBOR (RFC 8949) heads: major type and length. */
const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
};
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const integer = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value));

/** A COSE key (RFC 9052) of P-256: kty 2, alg -7, crv 1, x, y. */
const coseKey = (publicKey: KeyObject): Buffer => {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const pairs: [number, Buffer][] = [
    [1, integer(2)],
    [3, integer(-7)],
    [-1, integer(1)],
    [-2, bytes(Buffer.from(x, 'base64url'))],
    [-3, bytes(Buffer.from(y, 'base64url'))],
  ];
  return Buffer.concat([head(5, pairs.length), ...pairs.flatMap(([key, value]) => [integer(key), value])]);
};

const flagsOf = (userVerified: boolean, attested: boolean, synced: boolean): number =>
  0x01 | (userVerified ? 0x04 : 0) | (attested ? 0x40 : 0) | (synced ? 0x18 : 0);

/** Who made an authenticator: its model, and the certificate and key it answers for it with (format “packed”). */
export interface Maker {
  aaguid: string;
  attests?: { der: Buffer; privateKey: KeyObject };
}

/** The statement of a maker: none, or “packed” with the maker's certificate. */
const attestationOf = ({ attests }: Maker, signed: Buffer): Buffer[] => {
  if (attests === undefined) return [text('fmt'), text('none'), text('attStmt'), head(5, 0)];
  const statement = [
    text('alg'),
    integer(-7),
    text('sig'),
    bytes(sign('sha256', signed, attests.privateKey)),
    text('x5c'),
    head(4, 1),
    bytes(attests.der),
  ];
  return [text('fmt'), text('packed'), text('attStmt'), head(5, 3), ...statement];
};

const nobody: Maker = { aaguid: '00000000-0000-0000-0000-000000000000' };

/** Makes an authenticator with one key. `counts` false keeps its counter at 0, as `synced` passkeys do. */
export function createAuthenticator(
  site: { origin: string; rpId: string },
  {
    counts = true,
    synced = false,
    maker = nobody,
  }: { counts?: boolean; synced?: boolean; maker?: Maker } = {},
): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let counter = 0;
  const clientData = (type: string, challenge: string, origin: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticatorData = (change: AnswerChange, attested: Buffer | null): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(change.counter ?? counter);
    const flags = Buffer.from([flagsOf(change.userVerified ?? true, attested !== null, synced)]);
    return Buffer.concat([sha256(change.rpId ?? site.rpId), flags, count, attested ?? Buffer.alloc(0)]);
  };
  const answer = (response: object): object => ({
    id: base64url(id),
    rawId: base64url(id),
    type: 'public-key',
    response,
    clientExtensionResults: {},
  });
  return {
    credentialId: base64url(id),
    register(options, change = {}) {
      const aaguid = Buffer.from(maker.aaguid.replaceAll('-', ''), 'hex');
      const attested = Buffer.concat([aaguid, Buffer.from([0, id.length]), id, coseKey(publicKey)]);
      const data = authenticatorData(change, attested);
      const challenge = change.challenge ?? options.challenge;
      const client = clientData('webauthn.create', challenge, change.origin ?? site.origin);
      const signed = Buffer.concat([data, sha256(client)]);
      const attestation = [...attestationOf(maker, signed), text('authData'), bytes(data)];
      return answer({
        clientDataJSON: base64url(client),
        attestationObject: base64url(Buffer.concat([head(5, 3), ...attestation])),
        transports: ['internal'],
      });
    },
    assert(options, change = {}) {
      if (counts) counter += 1;
      const challenge = change.challenge ?? options.challenge;
      const client = clientData('webauthn.get', challenge, change.origin ?? site.origin);
      const data = authenticatorData(change, null);
      return answer({
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
      });
    },
  };
}
