import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, jwtVerify } from 'jose';
import type { Provider } from 'oidc-provider';
import { AppError } from '../base/error.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';

/** A department's machine, as its token names it. */
export interface Machine {
  clientId: string;
  scopes: readonly string[];
}

/** What of a request bears on who may make it. */
export interface MachineRequest {
  method: string;
  /** The address that was called, on the issuer, without query. */
  url: string;
  authorization: string;
  dpop: string;
}

export interface MachineAccess {
  /** Tells which machine calls; throws machine-unknown or machine-proof-refused. */
  admit(request: MachineRequest): Promise<Machine>;
}

interface MachineAccessDeps {
  provider(): Provider;
  ephemeral: EphemeralStore;
  nowSeconds(): number;
}

const longestProofAgeSeconds = 60;
const proofAlgorithms = ['ES256', 'EdDSA'];

/**
 * Admits machines by access tokens of the client credentials grant (RFC 6749 section 4.4), each bound to a key (DPoP,
 * RFC 9449). A token without a key is refused: whoever copies it could use it. The proof is checked as the provider
 * checks it at its own endpoints.
 */
export function createMachineAccess(deps: MachineAccessDeps): MachineAccess {
  return {
    async admit(request) {
      const [, value = ''] = /^DPoP ([\w~.-]{20,256})$/i.exec(request.authorization) ?? [];
      const token = value === '' ? undefined : await deps.provider().ClientCredentials.find(value);
      if (token?.clientId === undefined || !token.isValid || token.jkt === undefined)
        throw new AppError('machine-unknown');
      const proof = await readProof(request, deps.nowSeconds());
      const isBound = proof.thumbprint === token.jkt && proof.tokenDigest === digestOf(value);
      if (!isBound) throw new AppError('machine-proof-refused', { reason: 'jkt, ath' });
      const client = await deps.provider().Client.find(token.clientId);
      // A site that was switched off meanwhile keeps its token and may do nothing with it.
      if (client === undefined) throw new AppError('machine-unknown');
      await useOnce(deps, token.clientId, proof.id);
      return { clientId: token.clientId, scopes: (token.scope ?? '').split(' ').filter(Boolean) };
    },
  };
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

interface Proof {
  id: string;
  thumbprint: string;
  tokenDigest: string;
}

const readProof = async (request: MachineRequest, nowSeconds: number): Promise<Proof> => {
  const { payload, protectedHeader } = await verifyProof(request.dpop, nowSeconds);
  const { jti, iat, htm, htu, ath } = payload;
  const refuse = (reason: string): AppError => new AppError('machine-proof-refused', { reason });
  if (typeof jti !== 'string' || jti === '' || jti.length > 256) throw refuse('jti');
  if (typeof iat !== 'number' || Math.abs(nowSeconds - iat) > longestProofAgeSeconds) throw refuse('iat');
  if (htm !== request.method) throw refuse('htm');
  if (typeof htu !== 'string' || addressOf(htu) !== addressOf(request.url)) throw refuse('htu');
  if (typeof ath !== 'string') throw refuse('ath');
  const thumbprint = await calculateJwkThumbprint(protectedHeader.jwk as JWK);
  return { id: digestOf(jti), thumbprint, tokenDigest: ath };
};

const verifyProof = async (proof: string, nowSeconds: number) => {
  try {
    return await jwtVerify(proof, EmbeddedJWK, {
      algorithms: proofAlgorithms,
      typ: 'dpop+jwt',
      currentDate: new Date(nowSeconds * 1000),
    });
  } catch (cause) {
    throw new AppError('machine-proof-refused', { reason: 'dpop+jwt' }, { cause });
  }
};

/** Without query and fragment, as the proof is made. */
const addressOf = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  url.search = '';
  url.hash = '';
  return url.href;
};

const useOnce = async ({ ephemeral }: MachineAccessDeps, clientId: string, id: string): Promise<void> => {
  const key = `api:proof:${clientId}:${id}`;
  const isFirst = await ephemeral.add(key, '', { ttlSeconds: 2 * longestProofAgeSeconds });
  if (!isFirst) throw new AppError('machine-proof-refused', { reason: 'jti' });
};
