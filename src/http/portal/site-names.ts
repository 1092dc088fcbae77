import type { PortalDeps } from './deps.ts';

/** Finds what sites are called, by their client identifiers; one that is gone goes by its identifier. */
export async function siteNames(
  { sites }: Pick<PortalDeps, 'sites'>,
  clientIds: readonly string[],
): Promise<(clientId: string, language: 'zh' | 'en') => string> {
  const known = new Map(
    await Promise.all(
      [...new Set(clientIds)].map(async (clientId) => [clientId, await sites.find(clientId)] as const),
    ),
  );
  return (clientId, language) => known.get(clientId)?.name[language] ?? clientId;
}
