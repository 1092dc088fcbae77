import {
  type AuthorizationDetail,
  type AuthorizationDetailsForIntrospection,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  type RichAuthorizationRequestsActiveConfiguration,
} from 'oidc-provider';
import { electronicCertificateType, formatGrantedDetails, type GrantedDetailWire } from '../consent/index.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import {
  type AskedDetail,
  type CertificateConsent,
  keptDetails,
  readDetailsOfRequest,
  standing,
  standingFor,
} from './certificate-details.ts';
import { machineScopes } from './claims.ts';
import { credentialAddress, preAuthorizedCodeGrant } from './wallet-issuance.ts';

const { Check } = interactionPolicy;

/** What the provider is told of requests for certificates: settings of two features, and checks of two prompts. */
export interface CertificateRequests {
  features: {
    richAuthorizationRequests: RichAuthorizationRequestsActiveConfiguration & {
      authorizationDetailsForIntrospection: AuthorizationDetailsForIntrospection;
    };
    resourceIndicators: ResourceSettings;
  };
  /** The level of sign-in that the items asked for need, 1 where none does. */
  minimumAssurance(ctx: KoaContextWithOIDC): Promise<AssuranceLevel>;
  consentCheck: interactionPolicy.Check;
}

type ResourceSettings = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;
type Rar = readonly { type: string }[] | undefined;

/**
 * Lets a site ask for certificates in the request that signs the person in: Rich Authorization Requests (RFC 9396, known
 * here by the library and from memory), type electronic_certificate. What was granted is a use authorisation, and a token
 * names it as long as it stands: whoever withdraws it takes it out of the next answer about the token too.
 */
export function createCertificateRequests(issuer: string, consent: CertificateConsent): CertificateRequests {
  const location = `${issuer}/api`;
  const askedIn = (ctx: KoaContextWithOIDC): Promise<AskedDetail[]> =>
    readDetailsOfRequest(consent, ctx.oidc.params?.['authorization_details'], location);
  const stillGranted = async (clientId: string | undefined, details: Rar): Promise<AuthorizationDetail[]> => {
    const granted = (details ?? []) as readonly GrantedDetailWire[];
    const stand = await Promise.all(
      granted.map(({ type, authorisation_id }) =>
        // A wallet's token names what its offer was made for; that is checked when it collects.
        type === electronicCertificateType ? standing(consent, clientId ?? '', authorisation_id) : true,
      ),
    );
    return granted.filter((_one, i) => stand[i] !== null).map((one) => ({ ...one }));
  };
  return {
    features: {
      richAuthorizationRequests: {
        enabled: true,
        types: {
          [electronicCertificateType]: {
            validate: async (ctx: KoaContextWithOIDC) => {
              await askedIn(ctx);
            },
          },
        },
        authorizationDetailsForGrantSource: (ctx) => grantedIn(ctx, consent, askedIn),
        authorizationDetailsForAccessToken: async (ctx, token, source) => {
          if (ctx.oidc.params?.['authorization_details'] !== undefined)
            throw new errors.InvalidAuthorizationDetails(
              'authorization_details is taken at /authorize and /par only',
            );
          return await stillGranted(token.clientId, source?.rar);
        },
        authorizationDetailsForIntrospection: async (_ctx, token) =>
          await stillGranted(token.clientId, token.rar),
      },
      resourceIndicators: resourceSettings(location, credentialAddress(issuer)),
    },
    minimumAssurance: async (ctx) =>
      (await askedIn(ctx))
        .map(({ item }): AssuranceLevel => item.minimumAssurance ?? 1)
        .sort((one, other) => other - one)[0] ?? 1,
    consentCheck: unanswered(consent, askedIn),
  };
}

/** The library wants a resource for every such request; it is ours, and its scopes are for machines only. */
const resourceSettings = (location: string, wallets: string): ResourceSettings => ({
  enabled: true,
  defaultResource: (ctx) => (ctx.oidc.params?.['authorization_details'] === undefined ? undefined : location),
  getResourceServerInfo: (_ctx, resource, client) => {
    const isCollected = resource === wallets && client.grantTypeAllowed(preAuthorizedCodeGrant);
    if (resource !== location && !isCollected)
      throw new errors.InvalidTarget(`the only resource is ${location}`);
    const scope = isCollected ? '' : machineScopes.join(' ');
    return { scope, audience: resource, accessTokenFormat: 'opaque' };
  },
  useGrantedResource: (_ctx, source) => source.kind === 'PreAuthorizedCode',
});

type AskedIn = (ctx: KoaContextWithOIDC) => Promise<AskedDetail[]>;

const grantedIn = async (
  ctx: KoaContextWithOIDC,
  consent: CertificateConsent,
  askedIn: AskedIn,
): Promise<AuthorizationDetail[]> => {
  const { client, entities } = ctx.oidc;
  const kept = keptDetails(entities.Grant);
  const found = await Promise.all(
    (await askedIn(ctx)).map(({ key }) => standingFor(consent, client?.clientId ?? '', kept, key)),
  );
  return found.flatMap((one) =>
    one === null ? [] : formatGrantedDetails(one).map((detail) => ({ ...detail })),
  );
};

/** Asks the person when a detail rests on consent and no authorisation for it stands. Duty by law is not asked. */
const unanswered = (consent: CertificateConsent, askedIn: AskedIn): interactionPolicy.Check =>
  new Check('certificates_asked', 'certificates are not agreed to', 'consent_required', async (ctx) => {
    const { client, entities, result } = ctx.oidc;
    if (result?.['consent'] !== undefined) return Check.NO_NEED_TO_PROMPT;
    const kept = keptDetails(entities.Grant);
    const open = (await askedIn(ctx)).filter(({ item }) => item.basis.kind === 'consent');
    const found = await Promise.all(
      open.map(({ key }) => standingFor(consent, client?.clientId ?? '', kept, key)),
    );
    return found.includes(null) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  });
