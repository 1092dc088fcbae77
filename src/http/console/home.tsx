import { ConsoleHomePage } from '../../../views/console/home.tsx';
import { mayAct } from '../../staff/index.ts';
import type { ConsoleDeps } from './deps.ts';
import { type ConsolePage, permits } from './guard.ts';
import { showPage } from './page.ts';
import { sections } from './sections.ts';
import type { Visit } from './visit.ts';

/** Nobody reviews more at a sitting; the queue itself says the rest. */
const mostCounted = 20;

const waitingPhotos = async (
  { photos, regionCode }: ConsoleDeps,
  { officer }: Visit,
): Promise<{ count: number; more: boolean } | null> => {
  if (!mayAct(officer, 'photos.review', regionCode)) return null;
  const page = await photos.listForReview({ limit: mostCounted });
  return { count: page.photos.length, more: page.next !== null };
};

/** Shows an officer what waits for them and where they may go. */
export const showHome: ConsolePage = async (ctx, deps, visit) => {
  const { officer, officerId, csrf } = visit;
  const [proposals, photos] = await Promise.all([
    deps.staff.listWaiting({ officerId }),
    waitingPhotos(deps, visit),
  ]);
  const open = sections.filter(({ permission }) => permits(deps, permission, visit));
  showPage(ctx, deps, (context) => (
    <ConsoleHomePage
      context={context}
      csrf={csrf}
      name={officer.name}
      roles={officer.roles}
      region={officer.regionCode}
      waiting={{ proposals: proposals.length, photos }}
      sections={open.map(({ name, path }) => ({ name, href: `/console${path}` }))}
    />
  ));
};
