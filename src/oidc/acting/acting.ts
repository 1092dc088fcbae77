/**
 * Sign-ins by which a person acts for somebody else. Owns what a site asks (request.ts), the step that asks the person
 * (prompt.ts), and the choice: it is bound to a grant of its own, and everything given under that grant is looked at again
 * at each use, so that a mandate that ends takes the tokens with it. It does not own mandates (identity). A token's `sub`
 * is the principal's at that site and `act.sub` the acting person's, as RFC 8693 section 4.1 has it, from memory [M]: a
 * site keeps a company's affairs under one subject, whoever comes. Control leaves by a value.
 */
import { type AdapterPayload, errors, type Provider } from 'oidc-provider';
import { newId } from '../../base/id.ts';
import { covers, type Mandates, type StandingMandate } from '../../identity/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { type ActingAsked, fits } from './request.ts';

interface Chosen {
  mandateId: string;
  principalId: string;
  item: string | null;
}

export interface Choice {
  provider: Provider;
  accountId: string;
  clientId: string;
  /** The grant that the session has at the site; it goes on when it is of the same choice. */
  grantId: string | undefined;
  mandateId: string;
  asked: ActingAsked;
}

/** What is asked of sign-ins for somebody else. */
export interface Acting {
  /** Lists the mandates a person may choose from at a site. */
  offers(accountId: string, asked: ActingAsked): Promise<StandingMandate[]>;
  /** Binds a choice to a grant and returns its identifier; null when the mandate is none of the person's that fits. */
  choose(choice: Choice): Promise<string | null>;
  /** Finds by which mandate a grant acts; null when it is for the person themselves, or stands no more. */
  find(grantId: string | undefined): Promise<StandingMandate | null>;
  /** Names the account or organisation that a grant's subject is. Throws access_denied when its choice is gone. */
  subjectOf(grantId: string | undefined, accountId: string): Promise<string>;
  /** Tells whether what the provider stored may still be used. */
  mayBeUsed(payload: AdapterPayload): Promise<boolean>;
}

/** No identifier that the library makes has a tilde. */
const mark = 'acting~';

/** Tells whether a grant is one by which a person acts for somebody else. */
export const isActingGrant = (grantId: string | undefined): grantId is string =>
  grantId?.startsWith(mark) === true;

const keyOf = (grantId: string): string => `oidc:acting:${grantId}`;

/** Opens the choices on the ephemeral store; one lasts as long as its grant may. */
export function createActing(deps: {
  mandates: Pick<Mandates, 'findStanding' | 'listStanding'>;
  ephemeral: EphemeralStore;
  sessionTtlSeconds: number;
}): Acting {
  const { mandates, ephemeral, sessionTtlSeconds: ttlSeconds } = deps;
  const chosenBy = async (grantId: string): Promise<Chosen | null> => {
    const entry = await ephemeral.get(keyOf(grantId));
    return entry === null ? null : (JSON.parse(entry.value) as Chosen);
  };
  const find = async (grantId: string | undefined): Promise<StandingMandate | null> => {
    const chosen = isActingGrant(grantId) ? await chosenBy(grantId) : null;
    const mandate = chosen === null ? null : await mandates.findStanding(chosen.mandateId);
    return mandate !== null && covers(mandate, chosen?.item ?? null) ? mandate : null;
  };
  return {
    find,
    offers: async (accountId, asked) =>
      (await mandates.listStanding(accountId)).filter((mandate) => fits(asked, mandate)),
    async choose({ provider, accountId, clientId, grantId, mandateId, asked }) {
      const mandate = await mandates.findStanding(mandateId);
      if (mandate?.agentId !== accountId || !fits(asked, mandate)) return null;
      const { item } = asked;
      const former = isActingGrant(grantId) ? await chosenBy(grantId) : null;
      if (grantId !== undefined && former?.mandateId === mandateId && former.item === item) return grantId;
      const made = { jti: `${mark}${newId()}`, accountId, clientId };
      const chosen: Chosen = { mandateId, principalId: mandate.principal.id, item };
      await ephemeral.put(keyOf(made.jti), JSON.stringify(chosen), { ttlSeconds });
      return new provider.Grant(made).save();
    },
    async subjectOf(grantId, accountId) {
      if (!isActingGrant(grantId)) return accountId;
      const chosen = await chosenBy(grantId);
      if (chosen === null) throw new errors.AccessDenied('the choice whom to act for is over');
      return chosen.principalId;
    },
    async mayBeUsed({ grantId, accountId }) {
      if (!isActingGrant(grantId)) return true;
      return (await find(grantId))?.agentId === accountId;
    },
  };
}
