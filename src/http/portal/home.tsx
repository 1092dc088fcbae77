import { MyHomePage } from '../../../views/portal/home.tsx';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { countPending } from './open-authorisations.ts';
import { showPage } from './page.ts';
import { holderOf } from './person.ts';
import type { PortalPage } from './visit.ts';

/** Shows the first page: who we take the person for, and the ways on. */
export const showHome: PortalPage = async (ctx, deps, visit) => {
  const { profile, holderIndex } = await holderOf(deps, visit);
  const { name, number, phone, assurance } = profile;
  const pending = await countPending(deps, { accountId: visit.accountId, holderIndex });
  showPage(ctx, deps, (context) => (
    <MyHomePage
      context={context}
      maskedName={maskName(name)}
      maskedNumber={maskNumber(number)}
      maskedPhone={phone === undefined ? null : maskPhone(phone)}
      assurance={assurance}
      pendingAuthorisations={pending}
    />
  ));
};
