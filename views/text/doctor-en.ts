import type { doctorZh } from './doctor-zh.ts';

/** The words of the pages on refused requests, for developers, in English. */
export const doctorEn: typeof doctorZh = {
  title: 'Request doctor',
  lead: 'A refused request has a code of 8 characters at the end of its error_uri; the error page calls it the trace code. Developers of the site find the cause here, for 7 days.',
  code: 'Trace code',
  codeHint: '8 letters and digits, such as 7K3M9XQA.',
  find: 'Find the cause',
  another: 'Look up another code',
  traceTitle: 'Why the request was refused',
  site: 'Site',
  at: 'Time',
  endpoint: 'Endpoint',
  error: 'Error',
  request: 'The request as it was',
  masked:
    'Every parameter is named; keys, tokens, codes and what could be of a person are hidden, and random values show as digests.',
  withoutSignature: 'without its signature',
  empty: '(empty)',
  checksTitle: 'Checks',
  checksLead:
    'The request is looked at again by the present registration; no token is given and nothing changes. Times count as of when the request came.',
  again: 'Check again now',
  atFirst: 'Then:',
  now: 'Now:',
  nothingToCheck: 'This request has nothing that can be checked again.',
  verdicts: { good: 'good', bad: 'bad', unknown: 'not checked' },
  causes: {
    clientUnknown: {
      what: 'The site is switched off and may not ask.',
      fix: 'Ask a site manager to switch it on, or use the client_id of the sandbox.',
    },
    logoutAddress: {
      what: 'The address to come back to after sign-out is not registered.',
      fix: 'Send post_logout_redirect_uri as it is registered, letter by letter, or change the registration.',
    },
    redirectUri: {
      what: 'The address to come back to is missing or differs from the registered ones.',
      fix: 'Send redirect_uri as it is registered, letter by letter, a last slash too, or change the registration.',
    },
    pkceMissing: {
      what: 'The authorization request has no PKCE, or not with S256.',
      fix: 'Send code_challenge, with S256 as code_challenge_method.',
    },
    pkceVerifier: {
      what: 'The code_verifier is missing, malformed or does not match code_challenge.',
      fix: 'Redeem the code with the code_verifier made for the same sign-in (43 to 128 characters).',
    },
    assertionMissing: {
      what: 'The site did not prove itself in the way it is registered for.',
      fix: 'A server sends client_assertion and client_assertion_type (private_key_jwt), and no client_secret.',
    },
    assertionAudience: {
      what: 'The aud of the client_assertion is not Yihao.',
      fix: 'Set aud to the issuer address of Yihao.',
    },
    assertionTooLong: {
      what: 'The client_assertion lives too long.',
      fix: 'Set exp at most 300 seconds after iat, and sign a new one for each request.',
    },
    assertionExpired: {
      what: 'The client_assertion has expired.',
      fix: 'Sign a new one for each request, and set the clock of the server right.',
    },
    assertionReplayed: {
      what: 'The client_assertion was used before.',
      fix: 'Sign a new one with a new jti for each request; do not send a whole request again.',
    },
    assertionAlgorithm: {
      what: 'The client_assertion is signed with an algorithm that is not taken.',
      fix: 'Use ES256, EdDSA or PS256, or the one that is registered.',
    },
    assertionKey: {
      what: 'The signature of the client_assertion does not verify with the registered keys.',
      fix: 'See that kid and private key belong to a registered public key and that the key address answers; when changing keys add the new one first.',
    },
    assertionClaims: {
      what: 'The client_assertion is incomplete or malformed.',
      fix: 'It must have iss and sub (both the client_id), aud, exp and jti.',
    },
    dpopMethod: {
      what: 'The htm of the DPoP proof is not the method of the request.',
      fix: 'Set htm to the method of this request, such as POST.',
    },
    dpopAddress: {
      what: 'The htu of the DPoP proof is not the address of the request.',
      fix: 'Set htu to the whole address of this endpoint, without a query.',
    },
    dpopTime: {
      what: 'The time or nonce of the DPoP proof is not right.',
      fix: 'Set the clock right and sign a new proof for each request; where the answer has a DPoP-Nonce header, try again with it.',
    },
    dpopReplayed: {
      what: 'The DPoP proof was used before.',
      fix: 'Sign a new one with a new jti for each request.',
    },
    dpopMissing: {
      what: 'There is no DPoP proof, or not by the key the token is bound to.',
      fix: 'Send the DPoP header, always by the same key; call endpoints with Authorization: DPoP.',
    },
    dpopProof: {
      what: 'The DPoP proof is not valid.',
      fix: 'Make it as RFC 9449 says: typ dpop+jwt, the public key in the header, ES256 or EdDSA.',
    },
    pushedNeeded: {
      what: 'This site must push its requests (PAR).',
      fix: 'Send the request to /par first, and lead the browser on with the request_uri you get.',
    },
    pushedUnusable: {
      what: 'The request_uri has expired, was used, or is of another site.',
      fix: 'Use it within 60 seconds, and push anew for each sign-in.',
    },
    grantType: {
      what: 'The site is not registered for this grant_type.',
      fix: 'Use one that is registered, or change the registration.',
    },
    responseType: {
      what: 'The response_type or response_mode is not supported.',
      fix: 'Use response_type=code.',
    },
    scope: {
      what: 'The scope goes beyond the registration, or openid is missing.',
      fix: 'Ask for registered scopes only; a sign-in must have openid.',
    },
    codeUnusable: {
      what: 'The code, refresh token or other credential has expired, was used, or is not of this site.',
      fix: 'Use a code once, within 60 seconds; keep the new refresh token after each refresh.',
    },
    tokenUnusable: {
      what: 'The access token has expired, was revoked, or is not for this place.',
      fix: 'Get a new one by the refresh token, or let the person sign in again.',
    },
    personDeclined: {
      what: 'The person did not agree, or turned back.',
      fix: 'This is no fault of the program. Say on the site what it is for, and let the person try again.',
    },
    stepNeeded: {
      what: 'The person has to do something, and the request does not let them (prompt=none).',
      fix: 'Begin a sign-in without prompt=none.',
    },
    visitOver: {
      what: 'The sign-in took too long, or the browser did not bring its cookie back.',
      fix: 'Let the person sign in again from the site; do not keep a sign-in address to use it twice, nor put it into a frame.',
    },
    quota: {
      what: 'The site made more requests in a minute than its quota allows.',
      fix: 'Wait as Retry-After says; leave out requests that are not needed, and ask a site manager if it does not suffice.',
    },
    parameter: {
      what: 'A parameter of the request is missing, repeated or malformed.',
      fix: 'Correct it by the description of the endpoint and the error_description of the answer.',
    },
    ours: {
      what: 'Something went wrong inside Yihao.',
      fix: 'Try again later; if it stays, call the help line with the trace code.',
    },
    other: {
      what: 'The request is not as the protocol has it.',
      fix: 'Correct it by the error and error_description of the answer.',
    },
  },
  checks: {
    client: 'The site is switched on',
    redirectUri: 'Address to come back to',
    logoutAddress: 'Address after sign-out',
    scope: 'scope is registered',
    grantType: 'grant_type is registered',
    responseType: 'response_type is code',
    challenge: 'Has PKCE (S256)',
    verifier: 'Has code_verifier',
    pushed: 'The request was pushed (PAR)',
    assertionIssuer: 'client_assertion: iss and sub',
    assertionAudience: 'client_assertion: aud',
    assertionLifetime: 'client_assertion: exp and iat',
    assertionId: 'client_assertion: has jti',
    assertionKey: 'client_assertion: kid is of a key of the site',
    dpopMethod: 'DPoP: htm',
    dpopAddress: 'DPoP: htu',
    dpopTime: 'DPoP: iat',
    dpopId: 'DPoP: has jti',
  },
};
