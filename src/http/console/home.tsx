import { ConsoleHomePage, type ShownAlarm } from '../../../views/console/home.tsx';
import { mayAct } from '../../staff/index.ts';
import { showPage } from '../page.ts';
import { nowOf, otherOf, rowOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import { type ConsolePage, permits } from './guard.ts';
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

/** Lists what a colleague suspended alone, for those who can confirm it; who did so is not among them. */
const alarmsFor = async (deps: ConsoleDeps, { officer, officerId }: Visit): Promise<ShownAlarm[]> => {
  if (!mayAct(officer, 'agreements.suspend', deps.regionCode)) return [];
  const files = await deps.recognition.listUnconfirmed();
  return files.flatMap(({ agreement, suspendedBy, confirmBy }) =>
    suspendedBy === officerId
      ? []
      : [
          {
            href: `${rowOf(deps, agreement).href}/confirmSuspension`,
            name: otherOf(deps, agreement).name,
            confirmBy,
            isOverdue: confirmBy <= nowOf(deps),
          },
        ],
  );
};

/** Shows an officer what waits for them and where they may go. */
export const showHome: ConsolePage = async (ctx, deps, visit) => {
  const { officer, officerId, csrf } = visit;
  const [proposals, photos, alarms] = await Promise.all([
    deps.staff.listWaiting({ officerId }),
    waitingPhotos(deps, visit),
    alarmsFor(deps, visit),
  ]);
  const open = sections.filter(({ permission }) => permits(deps, permission, visit));
  showPage(ctx, deps, (context) => (
    <ConsoleHomePage
      context={context}
      csrf={csrf}
      name={officer.name}
      roles={officer.roles}
      region={officer.regionCode}
      waiting={{ proposals: proposals.length, photos, alarms }}
      sections={open.map(({ name, path }) => ({ name, href: `/console${path}` }))}
    />
  ));
};
