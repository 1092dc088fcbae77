import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';

/** What the counter was told of one certificate. */
export interface HeardSignal {
  /** The event without its prefix: `certificate.cancelled`. */
  event: string;
  identifier: string;
}

/** The counter's ear (RFC 8935): takes tokens and keeps the last ones for its page. */
export interface CounterSignals {
  /** Answers one delivery: a status, and for a refusal what is wrong. */
  take(token: string): Promise<{ status: 202 } | { status: 400; body: { err: string } }>;
  newest(): readonly HeardSignal[];
}

const mostKept = 5;
const prefix = 'urn:yihao:event:';

/** Makes the ear. A token that came before is taken again and shown once: a sender that missed the answer repeats it. */
export function createCounterSignals({
  issuer,
  clientId,
}: {
  issuer: string;
  clientId: string;
}): CounterSignals {
  const keys = createRemoteJWKSet(new URL('/jwks', issuer));
  const heard = new Map<string, HeardSignal>();
  return {
    async take(token) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          typ: 'secevent+jwt',
          issuer,
          audience: clientId,
          requiredClaims: ['jti', 'iat', 'events'],
        });
        const signal = signalOf(payload);
        if (signal !== null) heard.set(String(payload.jti), signal);
        for (const jti of [...heard.keys()].slice(0, -mostKept)) heard.delete(jti);
        return { status: 202 };
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        return { status: 400, body: { err: refusalOf(error) } };
      }
    },
    newest: () => [...heard.values()].reverse(),
  };
}

/** Reads an event about a certificate; null for any other, which is taken and not shown. */
const signalOf = ({ events, sub_id: subject }: JWTPayload): HeardSignal | null => {
  const [uri] = Object.keys((events ?? {}) as object);
  const { id } = (subject ?? {}) as { id?: unknown };
  if (uri?.startsWith(prefix) !== true || typeof id !== 'string') return null;
  return { event: uri.slice(prefix.length), identifier: id };
};

const refusalOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTClaimValidationFailed)
    return { iss: 'invalid_issuer', aud: 'invalid_audience' }[error.claim] ?? 'invalid_request';
  const ofTheKey =
    error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
  return ofTheKey ? 'invalid_key' : 'invalid_request';
};
