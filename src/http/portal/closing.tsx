import { momentOf } from '../../../views/parts/moment.ts';
import { ClosingPage } from '../../../views/portal/closing.tsx';
import { seeOther, showPage } from '../page.ts';
import { profileOf } from './person.ts';
import type { PortalPage } from './visit.ts';

const path = '/my/closing';

/** Says what closing the account means, and asks. */
export const showClosing: PortalPage = async (ctx, deps, visit) => {
  const { closingDueAt } = await profileOf(deps, visit);
  showPage(ctx, deps, (context) => (
    <ClosingPage context={context} csrf={visit.csrf} days={deps.closingDays} dueAt={closingDueAt} />
  ));
};

/** Begins the cooling-off time. */
export const askClosing: PortalPage = async (ctx, deps, { accountId }) => {
  const { closingDueAt } = await profileOf(deps, { accountId });
  if (closingDueAt === null) {
    const { dueAt } = await deps.identity.askClosing({ accountId, days: deps.closingDays });
    const date = momentOf('zh', dueAt);
    await deps.consent.addNotice({ accountId, kind: 'closing-asked', values: { date } });
  }
  seeOther(ctx, path);
};

/** Stops it; the account goes on as before. */
export const stopClosing: PortalPage = async (ctx, deps, { accountId }) => {
  if (await deps.identity.stopClosing(accountId))
    await deps.consent.addNotice({ accountId, kind: 'closing-stopped', values: {} });
  seeOther(ctx, '/my');
};
