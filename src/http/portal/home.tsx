import { MyHomePage } from '../../../views/portal/home.tsx';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { isKnown } from '../../identity/index.ts';
import { countPending } from './open-authorisations.ts';
import { showPage } from './page.ts';
import { holderOf, profileOf } from './person.ts';
import type { PortalPage } from './visit.ts';

/** Shows the first page: who we take the person for, and the ways on. */
export const showHome: PortalPage = async (ctx, deps, visit) => {
  const profile = await profileOf(deps, visit);
  const { name, number, phone, assurance } = profile;
  const pending = isKnown(profile)
    ? await countPending(deps, {
        accountId: visit.accountId,
        holderIndex: (await holderOf(deps, visit)).holderIndex,
      })
    : 0;
  showPage(ctx, deps, (context) => (
    <MyHomePage
      context={context}
      called={name === undefined ? maskPhone(phone ?? '') : maskName(name)}
      maskedName={name === undefined ? null : maskName(name)}
      maskedNumber={number === undefined ? null : maskNumber(number)}
      maskedPhone={phone === undefined ? null : maskPhone(phone)}
      assurance={assurance}
      pendingAuthorisations={pending}
    />
  ));
};
