import type { EventEmitter } from 'node:events';
import type { Provider } from 'oidc-provider';
import type { LogoutClient } from './sign-out-notices.ts';

/** Does what the library does when a person signs out everywhere, without a browser. */
export const endSession = async (provider: Provider, uid: string): Promise<void> => {
  const session = await provider.Session.findByUid(uid);
  if (session?.accountId === undefined) return;
  const { accountId, authorizations = {} } = session;
  await session.destroy();
  for (const [clientId, { sid, grantId }] of Object.entries(authorizations)) {
    if (grantId !== undefined) await endGrant(provider, grantId);
    if (sid !== undefined) await tellSite(provider, { accountId, clientId, sid });
  }
};

/** Ends a grant with every token made of it. */
export const endGrant = async (provider: Provider, grantId: string): Promise<void> => {
  const { AccessToken, AuthorizationCode, RefreshToken } = provider;
  await Promise.all(
    [AccessToken, AuthorizationCode, RefreshToken].map((model) => model.revokeByGrantId(grantId)),
  );
  await (await provider.Grant.find(grantId))?.destroy();
};

/** Tells a site that a person is signed out there, if it listens. */
export const tellSite = async (
  provider: Provider,
  { accountId, clientId, sid }: { accountId: string; clientId: string; sid: string },
): Promise<void> => {
  const client = (await provider.Client.find(clientId)) as LogoutClient | undefined;
  if (client?.backchannelLogoutUri === undefined) return;
  await client.backchannelLogout(accountId, sid).catch((error: unknown) => {
    // Heard where the library's own failures are; there is no request of a browser to name.
    (provider as EventEmitter).emit('backchannel.error', null, error, client, accountId, sid);
  });
};
