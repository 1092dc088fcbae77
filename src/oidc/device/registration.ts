import type { Site } from '../sites.ts';

/** Where a counter in ping mode is told that its question was answered, among its client metadata. */
export const endpointMember = 'backchannel_client_notification_endpoint';

/** The grant by which a kiosk (自助终端) signs people in: device authorization, RFC 8628. */
export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** The grant by which a service counter does: client-initiated backchannel authentication, CIBA. */
export const counterGrant = 'urn:openid:params:grant-type:ciba';

/** How long a code on a kiosk's screen can be used. */
export const deviceCodeTtlSeconds = 600;

/** Where a kiosk or counter stands, in words that its neighbours would use. */
export interface Place {
  zh: string;
  en: string;
}

const grantsOf = ({ metadata }: Site): unknown[] => {
  const grants = metadata['grant_types'];
  return Array.isArray(grants) ? grants : [];
};

/** Tells whether a registration is a counter's. */
export const isCounter = (site: Site): boolean => grantsOf(site).includes(counterGrant);

/** Tells whether people sign in there by a browser of their own: at a kiosk or a counter. */
export const isKiosk = (site: Site): boolean => grantsOf(site).includes(deviceGrant) || isCounter(site);

/** Reads where it stands; null when its registration does not say. */
export const placeOf = ({ metadata }: Site): Place | null => {
  const { zh, en } = (metadata['place'] ?? {}) as Record<string, unknown>;
  const isName = (text: unknown): text is string => typeof text === 'string' && /^.{2,60}$/.test(text);
  return isName(zh) && isName(en) ? { zh, en } : null;
};

/** Without TLS only hosts that the configuration names are told; that is looked at with each call. */
const isWebAddress = (text: unknown): boolean =>
  typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const offeredGrants = new Set<unknown>([deviceGrant, counterGrant, 'refresh_token']);

/**
 * Says what is wrong with the registration of a kiosk or counter. It stands alone, beside no other way to sign in: the
 * library then takes the host of its `jwks_uri` for what its pairwise subjects are made of, and asks for private_key_jwt
 * [M].
 */
export function faultsOfKiosk(site: Site): string[] {
  if (!isKiosk(site)) return [];
  const { metadata, purposeCode } = site;
  const faults: string[] = [];
  const others = grantsOf(site).filter((grant) => !offeredGrants.has(grant));
  if (others.length > 0)
    faults.push(`metadata.grant_types: a kiosk or counter has none of ${others.join(', ')}`);
  if (metadata['redirect_uris'] !== undefined)
    faults.push('metadata.redirect_uris: a kiosk or counter has none');
  if (!URL.canParse(String(metadata['jwks_uri']))) faults.push('metadata.jwks_uri: where its keys are');
  if ((metadata['token_endpoint_auth_method'] ?? 'private_key_jwt') !== 'private_key_jwt')
    faults.push('metadata.token_endpoint_auth_method: a kiosk or counter has private_key_jwt');
  const mode = metadata['backchannel_token_delivery_mode'] ?? 'poll';
  if (mode !== 'poll' && mode !== 'ping')
    faults.push('metadata.backchannel_token_delivery_mode: poll or ping');
  if (mode === 'ping' && !isWebAddress(metadata[endpointMember]))
    faults.push(`metadata.${endpointMember}: the https address at which a counter in ping mode is told`);
  if (placeOf(site) === null)
    faults.push('metadata.place: where it stands, as zh and en, 2 to 60 characters each');
  if (purposeCode !== undefined)
    faults.push('purposeCode: people of other regions do not sign in at a kiosk or counter');
  return faults;
}
