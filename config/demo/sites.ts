import type { JWK } from 'jose';
import { cityB, type DemoCity } from './cities.ts';
import { transferItem, transferNeeds } from './items.ts';
import type { CertificateWish } from './site-certificates.ts';

/** A demo site as Yihao registers it: who it is, and its OpenID client metadata. */
export interface DemoSite {
  clientId: string;
  name: { zh: string; en: string };
  department: string;
  authorityCode?: string;
  purpose: string;
  /** What an agreement between regions calls the purpose. */
  purposeCode?: string;
  homeUrl: string;
  enabled: boolean;
  legalBasis: Record<string, string>;
  metadata: Record<string, unknown>;
}

/** One value for each of the two demo sites: 不动产登记 and 社会保险. */
export interface PerSite<T> {
  property: T;
  social: T;
}

/**
 * Lists the registrations of the two demo sites.
 * @param origins where each is served, without a path: `http://localhost:8101`
 * @param publicKeys the public half of each site's key (ES256)
 * @param city whose departments they are of
 */
export const demoSites = (
  origins: PerSite<string>,
  publicKeys: PerSite<JWK>,
  city: DemoCity = cityB,
): PerSite<DemoSite> => ({
  property: {
    clientId: 'demo-property',
    name: { zh: '不动产登记', en: 'Property registration' },
    department: city.property.zh,
    purpose: '确认申请人身份，并就登记进度联系申请人',
    authorityCode: transferItem.department.code,
    ...withCertificates(registration(origins.property, publicKeys.property, 'openid name phone acting')),
  },
  social: {
    clientId: 'demo-social',
    name: { zh: '社会保险', en: 'Social insurance' },
    department: city.social.zh,
    purpose: '确认参保人身份',
    ...registration(origins.social, publicKeys.social, 'openid name'),
  },
});

/** What the pages of the two sites say of themselves in English; a registration holds these in one language only. */
export const siteEnglish = (city: DemoCity = cityB): PerSite<{ department: string; purpose: string }> => ({
  property: {
    department: city.property.en,
    purpose: 'To confirm who is applying, and to tell you how the registration is going',
  },
  social: {
    department: city.social.en,
    purpose: 'To confirm who is insured',
  },
});

const wish = (id: keyof typeof transferNeeds, name: CertificateWish['name']): CertificateWish => {
  const { typeCode, fields } = transferNeeds[id];
  const item = { code: transferItem.code, name: transferItem.name.zh };
  return { id, name, typeCode, fields, item, purpose: '核对不动产转移登记的申请材料' };
};

/** Lists the certificates with which people can sign in at the property site. */
export const propertyWishes: readonly CertificateWish[] = [
  wish('marriage', { zh: '结婚证', en: 'marriage certificate' }),
  wish('licence', { zh: '机动车驾驶证', en: 'driving licence' }),
];

/** Names the scopes that a site asks for as it signs a person in; the rest are its machine's, or for organisations. */
export const signInScopeOf = ({ metadata }: DemoSite): string =>
  String(metadata['scope'])
    .split(' ')
    .filter((scope) => !scope.startsWith('certificate.') && scope !== 'acting')
    .join(' ');

type Registration = Pick<DemoSite, 'homeUrl' | 'enabled' | 'legalBasis' | 'metadata'>;

/** Lets a site ask for certificates too, which it reads in its own name (RFC 9396). */
const withCertificates = ({ metadata, ...site }: Registration): Registration => ({
  ...site,
  metadata: {
    ...metadata,
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    authorization_details_types: ['electronic_certificate'],
    scope: `${metadata['scope']} certificate.query`,
  },
});

const registration = (origin: string, publicKey: JWK, scope: string): Registration => ({
  homeUrl: `${origin}/`,
  enabled: true,
  legalBasis: {},
  metadata: {
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/signed-out`],
    backchannel_logout_uri: `${origin}/backchannel-logout`,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [publicKey] },
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    subject_type: 'pairwise',
    id_token_signed_response_alg: 'ES256',
    // The sites show when the person signed in, so the ID token must say it.
    require_auth_time: true,
    scope,
  },
});

/** Registers the service counter: a machine, which signs nobody in and acts in its department's name. */
export const demoCounter = (origin: string, publicKey: JWK, city: DemoCity = cityB): DemoSite => ({
  clientId: 'demo-counter',
  name: { zh: '政务服务窗口', en: 'Service counter' },
  department: city.services.zh,
  authorityCode: '11999999000000027G',
  purpose: '窗口核验办事人出示的证照',
  homeUrl: `${origin}/`,
  enabled: true,
  legalBasis: {},
  metadata: {
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [publicKey] },
    scope: 'certificate.verify certificate.issue',
  },
});

/** Registers the self-service terminal: people sign in at it by their own phone. */
export const demoTerminal = (origin: string, keysPath: string): DemoSite => ({
  clientId: 'demo-terminal',
  name: { zh: '自助办事', en: 'Self-service' },
  department: cityB.services.zh,
  purpose: '在自助终端上确认办事人身份',
  homeUrl: `${origin}/terminal`,
  enabled: true,
  legalBasis: {},
  metadata: {
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks_uri: `${origin}${keysPath}`,
    dpop_bound_access_tokens: true,
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
    place: cityB.terminal,
    scope: 'openid name',
  },
});

/** Registers the clerk's place: people confirm on their own pages who they are. */
export const demoClerk = (origin: string, keysPath: string): DemoSite => ({
  clientId: 'demo-clerk',
  name: { zh: '政务服务窗口', en: 'Service counter' },
  department: cityB.services.zh,
  purpose: '窗口确认办事人身份',
  homeUrl: `${origin}/ask`,
  enabled: true,
  legalBasis: {},
  metadata: {
    grant_types: ['urn:openid:params:grant-type:ciba'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks_uri: `${origin}${keysPath}`,
    id_token_signed_response_alg: 'ES256',
    place: cityB.counter,
    scope: 'openid name',
  },
});

/** Registers a village agent's place: as a clerk's, and told at an endpoint of its own when the person has answered. */
export const demoAgent = (origin: string, paths: { keys: string; ping: string }): DemoSite => {
  const { metadata, ...clerk } = demoClerk(origin, paths.keys);
  return {
    ...clerk,
    clientId: 'demo-village-agent',
    name: { zh: '村级代办', en: 'Village agent' },
    department: cityB.social.zh,
    purpose: '代办员上门时，确认办事人身份',
    homeUrl: `${origin}/village`,
    metadata: {
      ...metadata,
      backchannel_token_delivery_mode: 'ping',
      backchannel_client_notification_endpoint: `${origin}${paths.ping}`,
      place: cityB.village,
    },
  };
};

/** What the demo's mini-program is to its platform; public, like all of the demo. */
export const demoMiniProgramApp = { appId: 'wx-demo-yihao', secret: 'demo-mini-program-secret' } as const;

/** Registers the backend of the sample mini-program. */
export const demoMiniProgram = (origin: string, publicKey: JWK): DemoSite => {
  const site = registration(origin, publicKey, 'openid name');
  const {
    backchannel_logout_uri: _uri,
    backchannel_logout_session_required: _with,
    ...metadata
  } = site.metadata;
  return {
    clientId: 'demo-mini-program',
    name: { zh: '示例小程序', en: 'Sample mini-program' },
    department: cityB.services.zh,
    purpose: '在小程序里显示您的姓名',
    ...site,
    metadata: { ...metadata, mini_program_app_id: demoMiniProgramApp.appId },
  };
};
