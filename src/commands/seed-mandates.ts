import { demoCompany } from '../../config/demo/organisations.ts';
import { demoPeople } from '../../config/demo/people.ts';
import type { House } from '../house.ts';

/** Opens the demo's company to its legal representative and gives it an operator, unless somebody did already. */
export async function seedMandates({
  identity,
  mandates,
}: Pick<House, 'identity' | 'mandates'>): Promise<void> {
  const { creditCode, representative, operator } = demoCompany;
  const [boss, clerk] = [demoPeople[representative], demoPeople[operator]];
  const [bossId, clerkId] = await Promise.all(
    [boss, clerk].map((person) => identity.findAccountIdByNumber(person?.number ?? '')),
  );
  if (!bossId || !clerkId || clerk === undefined) return;
  if ((await mandates.listMandates(bossId)).mandates.length > 0) return;
  const { organisationId } = await mandates.claimOrganisation({ accountId: bossId, creditCode });
  const { name, number } = clerk;
  const given = { name, number, role: 'operator', items: [], days: 365 } as const;
  const { mandateId } = await mandates.inviteMember({ ...given, accountId: bossId, organisationId });
  await mandates.answerMandate({ accountId: clerkId, mandateId, accepts: true });
}
