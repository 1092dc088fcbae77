import { ProfilePage } from '../../../views/portal/profile.tsx';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { profileOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

/** Writes down that a person is about to see what is kept of them. */
export const recordOwnLook = async (
  { consent }: PortalDeps,
  { accountId }: Visit,
  { fields, purpose }: { fields: string[]; purpose: string },
): Promise<void> => {
  await consent.recordAccess({
    person: { accountId },
    reader: { kind: 'self', id: accountId, name: { zh: '本人', en: 'Yourself' } },
    what: { fields },
    cause: { purpose },
    basis: { kind: 'self' },
    outcome: { kind: 'granted' },
    channel: 'portal',
  });
};

const masked = (text: string | undefined, mask: (text: string) => string): string | null =>
  text === undefined ? null : mask(text);

/** Shows what is known of the person, part of it hidden. */
export const showProfile: PortalPage = async (ctx, deps, visit) => {
  const { name, number, phone, assurance } = await profileOf(deps, visit);
  showPage(ctx, deps, (context) => (
    <ProfilePage
      context={context}
      csrf={visit.csrf}
      name={masked(name, maskName)}
      number={masked(number, maskNumber)}
      phone={masked(phone, maskPhone)}
      assurance={assurance}
      isWhole={false}
    />
  ));
};

/** Shows all of it, once, after that was written down. */
export const showWholeProfile: PortalPage = async (ctx, deps, visit) => {
  const fields = ['name', 'id_number', 'phone_number'];
  await recordOwnLook(deps, visit, { fields, purpose: '本人查看' });
  const { name = null, number = null, phone = null, assurance } = await profileOf(deps, visit);
  showPage(ctx, deps, (context) => (
    <ProfilePage
      context={context}
      csrf={visit.csrf}
      name={name}
      number={number}
      phone={phone}
      assurance={assurance}
      isWhole
    />
  ));
};
