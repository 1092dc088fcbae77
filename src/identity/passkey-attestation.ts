import { X509Certificate } from 'node:crypto';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import type { PasskeyModel, ProvenOrigin } from './passkey-policy.ts';

const longestChain = 6;

/**
 * Finds what an attestation proves of a model: that its chain of certificates ends at a root the policy names for it.
 * Null when it proves nothing, which is no reason to refuse the passkey. That the first certificate signed this passkey
 * was verified before, with the rest of the answer. Lists of revoked certificates are not fetched: a maker's key that is
 * known is taken out of the policy.
 */
export function provenOrigin(
  attestationObject: Uint8Array<ArrayBuffer>,
  model: PasskeyModel | undefined,
  at: Date,
): ProvenOrigin | null {
  const decoded = decodeAttestationObject(attestationObject);
  const format = decoded.get('fmt');
  if (model === undefined || !model.formats.includes(format)) return null;
  const chain = decoded.get('attStmt').get('x5c') ?? [];
  if (chain.length === 0 || chain.length > longestChain) return null;
  const root = rootOf(
    chain.map((der) => new X509Certificate(der)),
    model.roots,
    at,
  );
  return root && { format, root: root.fingerprint256 };
}

const rootOf = (
  chain: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): X509Certificate | null => {
  if (!chain.every((certificate) => isValidAt(certificate, at))) return null;
  const isChain = chain.every((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer === undefined || isIssuedBy(certificate, issuer);
  });
  const last = chain.at(-1);
  if (!isChain || last === undefined) return null;
  const ends = roots.find((root) => root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root));
  return ends !== undefined && isValidAt(ends, at) ? ends : null;
};

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isValidAt = ({ validFrom, validTo }: X509Certificate, at: Date): boolean =>
  Date.parse(validFrom) <= at.getTime() && at.getTime() <= Date.parse(validTo);
