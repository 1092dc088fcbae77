import { MyHomePage } from '../../../views/portal/home.tsx';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { isKnown } from '../../identity/index.ts';
import { showPage } from '../page.ts';
import { countPending } from './open-authorisations.ts';
import { personOf, profileOf } from './person.ts';
import { shownPhoneChange } from './phone-change.tsx';
import type { PortalPage } from './visit.ts';

const showWays =
  (isWhole: boolean): PortalPage =>
  async (ctx, deps, visit) => {
    const profile = await profileOf(deps, visit);
    const { name, number, phone, assurance } = profile;
    const pending = isKnown(profile) ? await countPending(deps, await personOf(deps, visit)) : 0;
    const requests = await deps.identity.listCounterRequests(visit.accountId);
    const unread = await deps.consent.countUnreadNotices(visit.accountId);
    const recovery = await deps.identity.pendingRecovery(visit.accountId);
    const phoneChange = await shownPhoneChange(deps, visit);
    showPage(ctx, deps, (context) => (
      <MyHomePage
        context={context}
        called={name === undefined ? maskPhone(phone ?? '') : maskName(name)}
        maskedName={name === undefined ? null : maskName(name)}
        maskedNumber={number === undefined ? null : maskNumber(number)}
        maskedPhone={phone === undefined ? null : maskPhone(phone)}
        assurance={assurance}
        pendingAuthorisations={pending}
        waitingRequests={requests.length}
        unreadNotices={unread}
        csrf={visit.csrf}
        closingDueAt={profile.closingDueAt}
        recovery={recovery}
        phoneChange={phoneChange}
        isWhole={isWhole}
      />
    ));
  };

/** Shows the first page: who we take the person for, and the ways on. */
export const showHome = showWays(false);

/** Shows all the ways on, to which the first page only leads in large type. */
export const showAll = showWays(true);
