import { NoticesPage } from '../../../views/portal/notices.tsx';
import { showPage } from '../page.ts';
import type { PortalPage } from './visit.ts';

/** Lists what the person was told; what was shown counts as read. */
export const showNotices: PortalPage = async (ctx, deps, visit) => {
  const { after } = ctx.query;
  const page = await deps.consent.readNotices(visit.accountId, typeof after === 'string' ? { after } : {});
  showPage(ctx, deps, (context) => (
    <NoticesPage
      context={context}
      notices={page.rows}
      nextHref={page.next === null ? null : `/my/notices?after=${encodeURIComponent(page.next)}`}
    />
  ));
};
