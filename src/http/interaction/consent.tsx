import type { Context } from 'koa';
import { type ConsentItem, ConsentPage } from '../../../views/interaction/consent.tsx';
import { claimText, textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import { type AccountProfile, isKnown } from '../../identity/index.ts';
import { claimsOfScope, grantVerified, keepDetails, keptDetails } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
import { nameOfPrincipal } from './acting.tsx';
import { grantUses, type OfferedUse, offeredUses, shownUses, withdrawFormer } from './certificate-uses.ts';
import { finishStep, type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

const personOf = async (deps: InteractionDeps, open: OpenInteraction): Promise<AccountProfile> => {
  const accountId = open.details.session?.accountId;
  const person = accountId === undefined ? null : await deps.identity.findAccount(accountId);
  if (person === null || open.details.prompt.name !== 'consent') throw new AppError('form-expired');
  return person;
};

const missing = (open: OpenInteraction, what: string): string[] => {
  const list = (open.details.prompt.details as Record<string, unknown>)[what];
  return Array.isArray(list) ? list.map(String) : [];
};

const maskedBy = (mask: (text: string) => string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : mask(text);

/** Of a guest there is what the home region released. */
const maskedValues = ({
  name,
  number,
  phone,
  linked = {},
}: AccountProfile): Record<string, string | undefined> => ({
  name: maskedBy(maskName, name ?? linked.name),
  id_number: maskedBy(maskNumber, number ?? linked.id_number),
  phone_number: maskedBy(maskPhone, phone ?? linked.phone_number),
});

/** What the person is called on the page: the name, or the telephone of one who is not known yet; a guest may have neither. */
const calledOf = (open: OpenInteraction, person: AccountProfile): string => {
  const { name, phone_number } = maskedValues(person);
  return name ?? phone_number ?? textOf(open.context.language).otherRegion.guest;
};

/** Certificates are asked of a person who is known; the policy has seen to that before. */
const usesOf = async (
  deps: InteractionDeps,
  open: OpenInteraction,
  person: AccountProfile,
): Promise<OfferedUse[]> => (isKnown(person) ? offeredUses(deps, open, person) : []);

/** The one item that says how the others were checked. */
const verifiedClaims = 'verified_claims';

const itemsOf = (open: OpenInteraction, person: AccountProfile): ConsentItem[] => {
  const masked = maskedValues(person);
  const claims = missing(open, 'missingOIDCScope').flatMap((scope): readonly string[] =>
    scope === 'openid' || scope === 'offline_access'
      ? [scope]
      : (claimsOfScope[scope as keyof typeof claimsOfScope] ?? []).filter(
          (claim) => !claim.endsWith('_verified'),
        ),
  );
  const verified = missing(open, 'missingVerifiedClaims');
  const all = [
    ...claims,
    ...missing(open, 'missingOIDCClaims').filter(
      (claim) => claim !== verifiedClaims && !claim.endsWith('_verified'),
    ),
    ...verified,
    ...(verified.length > 0 ? [verifiedClaims] : []),
  ];
  return [...new Set(all)].map((claim) => {
    const value = masked[claim];
    return {
      id: claim,
      ...claimText(open.context.language, claim),
      ...(value === undefined ? {} : { value }),
    };
  });
};

/** Shows what the site would be given. */
export async function showConsent(ctx: Context, deps: InteractionDeps, open: OpenInteraction): Promise<void> {
  const person = await personOf(deps, open);
  const uses = await usesOf(deps, open, person);
  const shown = await shownUses(deps, uses, open.context.language);
  const acting = await deps.acting.find(open.details.grantId);
  ctx.type = 'html';
  ctx.body = renderPage(
    <ConsentPage
      context={open.context}
      action={open.at('consent')}
      csrf={open.csrf}
      items={itemsOf(open, person)}
      uses={shown}
      purpose={open.site.purpose}
      siteDepartment={open.site.department}
      maskedName={calledOf(open, person)}
      actingFor={acting === null ? null : nameOfPrincipal(acting)}
    />,
  );
}

/** Takes the person's decision. */
export async function submitConsent(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const person = await personOf(deps, open);
  const decision = field(ctx, 'decision');
  if (decision === 'switch') return finishStep(ctx, deps, { switchAccount: true });
  if (decision === 'refuse') return refuse(ctx, deps, 'the person did not agree');
  if (decision !== 'agree') throw new AppError('body-malformed');
  const uses = await usesOf(deps, open, person);
  const granted = isKnown(person) ? await grantUses(ctx, deps, open, { person, uses }) : [];
  const { grantId, former } = await writeGrant(deps, open, person.accountId, { uses, granted });
  if (isKnown(person)) await withdrawFormer(deps, person, former);
  return finishStep(ctx, deps, { consent: { grantId } });
}

/** Writes what was agreed to; tells which authorisations it takes the place of. */
export const writeGrant = async (
  deps: Pick<InteractionDeps, 'provider'>,
  open: OpenInteraction,
  accountId: string,
  { uses, granted }: { uses: readonly OfferedUse[]; granted: Awaited<ReturnType<typeof grantUses>> },
): Promise<{ grantId: string; former: string[] }> => {
  const { Grant } = deps.provider();
  const known = open.details.grantId === undefined ? undefined : await Grant.find(open.details.grantId);
  const grant = known ?? new Grant({ accountId, clientId: open.site.clientId });
  const scopes = missing(open, 'missingOIDCScope');
  const claims = missing(open, 'missingOIDCClaims');
  if (scopes.length > 0) grant.addOIDCScope(scopes.join(' '));
  if (claims.length > 0) grant.addOIDCClaims(claims);
  const verified = missing(open, 'missingVerifiedClaims');
  if (verified.length > 0) grantVerified(grant, verified);
  const before = keptDetails(grant);
  keepDetails(grant, uses, granted);
  const after = new Set(keptDetails(grant).map((kept) => kept.authorisation_id));
  const former = before.map((kept) => kept.authorisation_id).filter((id) => !after.has(id));
  return { grantId: await grant.save(), former };
};

const refuse = (ctx: Context, deps: InteractionDeps, description: string): Promise<void> =>
  finishStep(ctx, deps, { error: 'access_denied', error_description: description });

/** Goes back to the site without signing in. */
export async function submitAbort(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  await refuse(ctx, deps, 'the person went back to the site');
}
