import { MyHomePage } from '../../../views/portal/home.tsx';
import { AppError } from '../../base/error.ts';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { showPage } from './page.ts';
import type { PortalPage } from './visit.ts';

/** Shows the first page: who we take the person for, and the ways on. */
export const showHome: PortalPage = async (ctx, deps, visit) => {
  const person = await deps.identity.findAccount(visit.accountId);
  if (person === null) throw new AppError('account-not-active');
  const { name, number, phone, assurance } = person;
  showPage(ctx, deps, (context) => (
    <MyHomePage
      context={context}
      maskedName={maskName(name)}
      maskedNumber={maskNumber(number)}
      maskedPhone={phone === undefined ? null : maskPhone(phone)}
      assurance={assurance}
    />
  ));
};
