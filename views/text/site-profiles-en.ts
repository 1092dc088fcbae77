import type { siteProfilesZh } from './site-profiles-zh.ts';

/** The words of the ladder of what sites must do, in English. */
export const siteProfilesEn: typeof siteProfilesZh = {
  title: 'Security profile',
  lead: 'Each rung holds all that is asked for below it. A request that falls short of its rung is refused.',
  none: 'This kind of system is not on the ladder of sites.',
  reason: 'Why it stays below FAPI 2.0 security: {reason}',
  how: 'To move up: choose this rung for the sandbox, do what it asks for and sign in once; when the checks are good, ask for production.',
  names: {
    basic: 'Basic (code, PKCE)',
    hardened: 'Hardened (and pushed requests)',
    'fapi2-security': 'FAPI 2.0 security',
    'fapi2-message-signing': 'FAPI 2.0 message signing',
  },
  places: { below: 'Included', here: 'The rung of this site', next: 'The next rung', above: 'Higher' },
  demands: {
    code: 'The authorization code only; the answer’s iss is compared',
    challenge: 'PKCE by S256',
    pushed: 'Requests are pushed to /par first',
    key: 'The site proves itself by its own key (private_key_jwt by ES256, EdDSA or PS256)',
    audience: 'The assertion’s aud is the issuer and nothing beside it',
    dpop: 'Tokens are bound to a key by DPoP',
    refresh: 'Refresh tokens are not rotated: a lost answer does not lose the grant',
    signedRequest: 'Requests are signed by the site (JAR)',
    signedResponse: 'Answers are signed by Yihao (JARM), response_mode is jwt',
    signedIntrospection: 'Introspection is answered signed',
    signedUserinfo: 'Userinfo is answered signed',
  },
};
