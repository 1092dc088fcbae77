import { isLoopbackHost } from '../../../config/simulator.ts';
import { type Site, type SiteStore, scopes } from '../../oidc/index.ts';

/** Registers clients that nobody registered, as they come. */
export interface AnyClient {
  /** Registers a client at an address it is called back at, where both may be; what was registered by file stays. */
  admit(clientId: string, member: AddressMember, address: string): Promise<void>;
  /** Tells whether a client registered itself so: it has shown no key, and none is asked of it. */
  isSelfMade(clientId: string): boolean;
}

export type AddressMember = 'redirect_uris' | 'post_logout_redirect_uris';

const nameForm = /^[\w.-]{1,64}$/;
const hostOf = (address: unknown): string => new URL(String(address)).host;

const siteOf = (clientId: string, metadata: Site['metadata'], address: string): Site => ({
  clientId,
  name: { zh: `${clientId}（模拟器）`, en: `${clientId} (simulator)` },
  department: '模拟器',
  purpose: '测试',
  homeUrl: `${new URL(address).origin}/`,
  enabled: true,
  legalBasis: { id_number: '模拟器中没有真实的人' },
  profile: 'basic',
  metadata: {
    scope: scopes.join(' '),
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    ...metadata,
  },
});

/**
 * Lets any client in that is called back at this computer or at an address listed. The provider wants one host and port
 * for pairwise subjects, so a client that comes from another starts anew there.
 */
export function createAnyClient(sites: SiteStore, listed: readonly string[]): AnyClient {
  const known = new Map<string, Record<string, unknown>>();
  let last: Promise<void> = Promise.resolve();
  const mayBe = (address: string): boolean =>
    listed.includes(address) || (URL.canParse(address) && isLoopbackHost(new URL(address).hostname));
  const listOf = (clientId: string, member: string): unknown[] => {
    const list = known.get(clientId)?.[member];
    return Array.isArray(list) ? list : [];
  };
  const register = async (clientId: string, member: AddressMember, address: string): Promise<void> => {
    if (listOf(clientId, member).includes(address)) return;
    if (!known.has(clientId) && (await sites.find(clientId)) !== null) return;
    const same = listOf(clientId, member).filter((one) => hostOf(one) === hostOf(address));
    const metadata = { ...known.get(clientId), [member]: [...same, address] };
    if (!('redirect_uris' in metadata)) return;
    await sites.save(siteOf(clientId, metadata, address), 'simulator');
    known.set(clientId, metadata);
  };
  return {
    async admit(clientId, member, address) {
      if (!nameForm.test(clientId) || !mayBe(address) || listOf(clientId, member).includes(address)) return;
      // One at a time: two requests of a new client may come at once.
      last = last.catch(() => undefined).then(() => register(clientId, member, address));
      await last;
    },
    isSelfMade: (clientId) => known.has(clientId),
  };
}
