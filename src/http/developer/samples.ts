import { kindOf, rungOf, type Site } from '../../oidc/index.ts';

/** Code for one library, filled with a site's values. */
export interface Sample {
  name: string;
  text: string;
}

interface Values {
  issuer: string;
  clientId: string;
  redirectUri: string;
  scope: string;
}

/**
 * Fills the samples that serve a site of this kind and profile: a library without pushed requests and DPoP is offered
 * to sites of the basic rung only. The first was run against this server; the others are from memory of their documentation [M].
 */
export function samplesOf(site: Site, issuer: string): Sample[] {
  const { metadata, clientId } = site;
  const redirects = metadata['redirect_uris'];
  const redirectUri = Array.isArray(redirects) ? String(redirects[0]) : '';
  const values = { issuer, clientId, redirectUri, scope: String(metadata['scope']) };
  switch (kindOf(site)) {
    case 'server':
      if (rungOf(site) === 'basic')
        return [spring(values), apache(values), go(values), python(values), weChat(values)];
      return [nodeHigh(values, rungOf(site) === 'fapi2-message-signing'), weChat(values)];
    case 'kiosk':
      return [kiosk(values)];
    default:
      return [nodePublic(values), weChat(values)];
  }
}

const signedSettings = `,
  { introspection_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'ES256' }`;

const nodeHigh = ({ issuer, clientId, redirectUri, scope }: Values, isSigned: boolean): Sample => ({
  name: `Node.js: openid-client 6 (PAR, PKCE, DPoP, private_key_jwt${isSigned ? ', JAR, JARM' : ''})`,
  text: `import * as client from 'openid-client';

// privateKey: a CryptoKey (ES256); kid: as in your key set
const config = await client.discovery(new URL('${issuer}'), '${clientId}'${isSigned ? signedSettings : ', undefined'},
  client.PrivateKeyJwt({ key: privateKey, kid }));${isSigned ? '\nclient.useJwtResponseMode(config);' : ''}

// begin: keep verifier, state, nonce and DPoP in the session of this browser
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const request = {
  redirect_uri: '${redirectUri}',
  scope: '${scope}',
  state,
  nonce,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
};
${
  isSigned
    ? `const { searchParams } = await client.buildAuthorizationUrlWithJAR(config, request, { key: privateKey, kid });
const address = await client.buildAuthorizationUrlWithPAR(config, searchParams, { DPoP });`
    : 'const address = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });'
}
// redirect the browser to address.href

// callback: currentUrl is the address the browser came back to
const tokens = await client.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
}, undefined, { DPoP });
const { sub } = tokens.claims();
`,
});

const nodePublic = ({ issuer, clientId, redirectUri, scope }: Values): Sample => ({
  name: 'openid-client 6 (PKCE)',
  text: `import * as client from 'openid-client';

const config = await client.discovery(new URL('${issuer}'), '${clientId}', undefined, client.None());
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const nonce = client.randomNonce();
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: '${redirectUri}',
  scope: '${scope}',
  state,
  nonce,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});
// open address.href; on the way back:
const tokens = await client.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
});
`,
});

const spring = ({ issuer, clientId, redirectUri, scope }: Values): Sample => ({
  name: 'Spring Security (application.yml)',
  text: `spring:
  security:
    oauth2:
      client:
        registration:
          yihao:
            client-id: ${clientId}
            client-authentication-method: private_key_jwt
            authorization-grant-type: authorization_code
            redirect-uri: ${redirectUri}
            scope: ${scope.split(' ').join(', ')}
        provider:
          yihao:
            issuer-uri: ${issuer}
# private_key_jwt: give the token response client a NimbusJwtClientAuthenticationParametersConverter with your ECKey
# PKCE: OAuth2AuthorizationRequestCustomizers.withPkce() on the authorization request resolver
`,
});

const apache = ({ issuer, clientId, redirectUri, scope }: Values): Sample => ({
  name: 'Apache: mod_auth_openidc',
  text: `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCProviderTokenEndpointAuth private_key_jwt
OIDCPublicKeyFiles KID#/etc/apache2/yihao/public.pem
OIDCPrivateKeyFiles KID#/etc/apache2/yihao/private.pem
OIDCRedirectURI ${redirectUri}
OIDCScope "${scope}"
OIDCPKCEMethod S256
OIDCCryptoPassphrase "exec:/etc/apache2/yihao/passphrase"
<Location />
  AuthType openid-connect
  Require valid-user
</Location>
`,
});

const go = ({ issuer, clientId, redirectUri, scope }: Values): Sample => ({
  name: 'Go: coreos/go-oidc, x/oauth2',
  text: `provider, err := oidc.NewProvider(ctx, "${issuer}")
config := oauth2.Config{
    ClientID:    "${clientId}",
    RedirectURL: "${redirectUri}",
    Endpoint:    provider.Endpoint(),
    Scopes:      strings.Fields("${scope}"),
}
verifier := oauth2.GenerateVerifier() // keep with state and nonce in the session
address := config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier))

// callback: compare state first; assertion is a JWT you sign (iss and sub = client id, aud = issuer, jti, exp within 300 s)
token, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier),
    oauth2.SetAuthURLParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
    oauth2.SetAuthURLParam("client_assertion", assertion))
raw, _ := token.Extra("id_token").(string)
idToken, err := provider.Verifier(&oidc.Config{ClientID: "${clientId}"}).Verify(ctx, raw)
// idToken.Nonce must be the nonce you sent
`,
});

const python = ({ issuer, clientId, redirectUri, scope }: Values): Sample => ({
  name: 'Python: Authlib',
  text: `from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

session = OAuth2Session(
    "${clientId}", private_key_pem,
    token_endpoint_auth_method="private_key_jwt",
    redirect_uri="${redirectUri}", scope="${scope}",
    code_challenge_method="S256",
)
session.register_client_auth_method(PrivateKeyJWT("${issuer}/token", headers={"kid": kid}, alg="ES256"))
address, state = session.create_authorization_url("${issuer}/authorize", code_verifier=verifier, nonce=nonce)

# callback: compare state; then check signature, iss, aud and nonce of token["id_token"] with ${issuer}/jwks
token = session.fetch_token("${issuer}/token", authorization_response=url, code_verifier=verifier)
`,
});

const weChat = ({ redirectUri }: Values): Sample => ({
  name: '微信小程序 (WeChat)',
  text: `<!-- A mini-program has no redirect of its own: it opens your site, which signs the person in as above. -->
<!-- ${new URL(redirectUri).host} must stand among the web-view domains of the mini-program. -->
<web-view src="${new URL('/login', redirectUri).href}" />
`,
});

const kiosk = ({ issuer, clientId, scope }: Values): Sample => ({
  name: 'Kiosk (RFC 8628)',
  text: `POST ${issuer}/device_authorization
Content-Type: application/x-www-form-urlencoded

client_id=${clientId}&scope=${encodeURIComponent(scope)}&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=…

# show user_code and verification_uri_complete as a QR code, then ask every interval seconds:
POST ${issuer}/token
grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=…&client_id=${clientId}&client_assertion_type=…&client_assertion=…
`,
});
