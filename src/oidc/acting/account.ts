import type { Account, AccountClaims } from 'oidc-provider';
import type { StandingMandate } from '../../identity/index.ts';
import type { PeopleLookup, Person } from '../claims.ts';
import { type Acting, isActingGrant } from './acting.ts';
import { actingScope } from './request.ts';

/** The two sides of a sign-in by mandate. */
interface ActingSides {
  mandate: StandingMandate;
  /** Who acts, with what the site may know of them. */
  agent: Account;
  /** The agent as this site knows them. */
  agentSubject: string;
  /** The person acted for; null for an organisation. */
  principal: Account | null;
}

/**
 * Tells a site of both sides: at the top the principal, whose `sub` the provider puts in, and under `act` who acts for it.
 * What is personal of either goes out, and is recorded, as it would at a sign-in of their own.
 */
const actingAccountOf = ({ mandate, agent, agentSubject, principal }: ActingSides): Account => ({
  accountId: agent.accountId,
  async claims(use, scope, asked, rejected): Promise<AccountClaims> {
    const { sub: _agentId, ...ofAgent } = await agent.claims(use, scope, asked, rejected);
    const ofPrincipal = (await principal?.claims(use, scope, asked, rejected)) ?? {};
    const isAsked = use === 'userinfo' && scope.split(' ').includes(actingScope);
    return {
      ...ofPrincipal,
      ...(isAsked ? organisationOf(mandate) : {}),
      sub: agent.accountId,
      act: { ...ofAgent, sub: agentSubject },
    };
  },
});

const organisationOf = ({ principal, role }: StandingMandate): object =>
  principal.kind === 'organisation'
    ? { organisation: { name: principal.name, credit_code: principal.creditCode, role } }
    : {};

/**
 * Finds the account that a grant is told of: the person's own, or both sides where the person acts for somebody else.
 * There is none once the mandate does not stand.
 */
export async function accountOfGrant(
  { acting, people }: { acting: Acting; people: PeopleLookup },
  grantId: string | undefined,
  how: { agent: Account; tell(person: Person): Account; subjectOf(accountId: string): string },
): Promise<Account | undefined> {
  const { agent, tell, subjectOf } = how;
  if (!isActingGrant(grantId)) return agent;
  const mandate = await acting.find(grantId);
  if (mandate === null) return undefined;
  const { kind, id } = mandate.principal;
  const person = kind === 'person' ? await people(id) : null;
  if (kind === 'person' && person === null) return undefined;
  const principal = person === null ? null : tell(person);
  return actingAccountOf({ mandate, agent, agentSubject: subjectOf(agent.accountId), principal });
}
