import type { Clock } from '../base/clock.ts';
import type { Site } from './sites.ts';

type Find = (clientId: string) => Promise<Site | null>;

/** A site that is switched off in one process is out of use in all of them after this time. */
const longestMilliseconds = 1000;
const mostSites = 1000;

/**
 * Remembers sites for a second: a sign-in asks for the same one twenty times. What is not there is asked for each time,
 * or anyone could fill the memory with names.
 */
export function rememberSites(read: Find, clock: Clock): { find: Find; forget(clientId: string): void } {
  const known = new Map<string, { site: Site; readAt: number }>();
  return {
    async find(clientId) {
      const now = clock.now().getTime();
      const remembered = known.get(clientId);
      if (remembered !== undefined && Math.abs(now - remembered.readAt) < longestMilliseconds)
        return remembered.site;
      const site = await read(clientId);
      if (known.size >= mostSites) known.clear();
      if (site === null) known.delete(clientId);
      else known.set(clientId, { site, readAt: now });
      return site;
    },
    forget: (clientId) => {
      known.delete(clientId);
    },
  };
}
