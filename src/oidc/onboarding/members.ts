import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { OwnSite, Work } from './ports.ts';
import { siteOfSandbox } from './sandbox.ts';
import { listSandboxes, mostSites, readSandbox } from './sandboxes.ts';

/** A developer of a site, as the others know them: by a code that is theirs at this site and says nothing else. */
export interface SiteMember {
  code: string;
  isSelf: boolean;
}

/** A link that makes whoever opens it first a developer of the site. */
export interface MemberInvitation {
  token: string;
  ttlSeconds: number;
}

const invitationTtlSeconds = 7 * 86_400;
const invitationsPerDay = 20;
const mostMembers = 20;
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 6;

const invitationKey = (token: string): string =>
  `site-invitation:${createHash('sha256').update(token).digest('base64url')}`;

const codeOf = (clientId: string, accountId: string): string =>
  [...createHash('sha256').update(`${clientId} ${accountId}`).digest().subarray(0, codeLength)]
    .map((byte) => codeAlphabet[byte % codeAlphabet.length])
    .join('');

/** Lists the developers of a site. Throws site-not-yours. */
export async function listMembers(work: Work, own: OwnSite): Promise<SiteMember[]> {
  const { developers = [] } = await readSandbox(work, own);
  return developers.map((accountId) => ({
    code: codeOf(own.clientId, accountId),
    isSelf: accountId === own.accountId,
  }));
}

/**
 * Makes a link for one more developer, for seven days and one use; whom it is for is not asked, so it tells nobody who has an
 * account. Throws site-not-yours, site-members-many {most}, site-invitations-many {waitSeconds}.
 */
export async function inviteMember(work: Work, own: OwnSite): Promise<MemberInvitation> {
  const { developers = [] } = await readSandbox(work, own);
  if (developers.length >= mostMembers) throw new AppError('site-members-many', { most: mostMembers });
  const { count, resetSeconds } = await work.ephemeral.count(`site-invitations:${own.clientId}`, 86_400);
  if (count > invitationsPerDay) throw new AppError('site-invitations-many', { waitSeconds: resetSeconds });
  const token = newId();
  const options = { ttlSeconds: invitationTtlSeconds };
  await work.ephemeral.put(invitationKey(token), JSON.stringify(own), options);
  return { token, ttlSeconds: invitationTtlSeconds };
}

/** Names the sandbox an invitation leads to. Throws site-invitation-over, when its maker has left as well. */
export async function readInvitation(work: Work, token: string): Promise<{ clientId: string }> {
  const entry = await work.ephemeral.get(invitationKey(token));
  if (entry === null) throw new AppError('site-invitation-over');
  const made = JSON.parse(entry.value) as OwnSite;
  const site = await work.sites.find(made.clientId);
  if (!site?.developers?.includes(made.accountId)) throw new AppError('site-invitation-over');
  return { clientId: made.clientId };
}

/** Makes who accepts a developer of the site; who is one already leaves the invitation to another. Throws site-invitation-over, site-too-many {most}, site-members-many {most}. */
export async function joinSite(
  work: Work,
  { accountId, token }: { accountId: string; token: string },
): Promise<{ clientId: string }> {
  const { clientId } = await readInvitation(work, token);
  const own = await listSandboxes(work, accountId);
  if (own.some((one) => one.clientId === clientId)) return { clientId };
  if (own.length >= mostSites) throw new AppError('site-too-many', { most: mostSites });
  if ((await work.ephemeral.take(invitationKey(token))) === null) throw new AppError('site-invitation-over');
  await change(work, clientId, { accountId, actor: accountId, type: 'site.developer-joined' }, (present) => {
    if (present.length >= mostMembers) throw new AppError('site-members-many', { most: mostMembers });
    return [...present, accountId];
  });
  return { clientId };
}

/** Takes a developer out, or oneself. Throws site-not-yours, site-member-missing, site-last-developer. */
export async function removeMember(work: Work, own: OwnSite, code: string): Promise<void> {
  const { developers = [] } = await readSandbox(work, own);
  const accountId = developers.find((one) => codeOf(own.clientId, one) === code);
  if (accountId === undefined) throw new AppError('site-member-missing');
  const what = { accountId, actor: own.accountId, type: 'site.developer-removed' };
  await change(work, own.clientId, what, (present) => {
    const others = present.filter((one) => one !== accountId);
    if (others.length === 0) throw new AppError('site-last-developer');
    return others;
  });
}

/** Changes who the developers of a sandbox are, and then of its site in production, where there is one. */
const change = async (
  { sites }: Work,
  clientId: string,
  what: { accountId: string; actor: string; type: string },
  next: (present: readonly string[]) => string[],
): Promise<void> => {
  const developers = await sites.changeDevelopers(clientId, what, next);
  await sites.changeDevelopers(siteOfSandbox(clientId), what, () => developers);
};
