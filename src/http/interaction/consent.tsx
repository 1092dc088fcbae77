import type { Context } from 'koa';
import { type ConsentItem, ConsentPage } from '../../../views/interaction/consent.tsx';
import { claimText } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { maskName, maskNumber, maskPhone } from '../../base/mask.ts';
import type { AccountProfile } from '../../identity/index.ts';
import { claimsOfScope } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
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

const maskedValues = (person: AccountProfile): Record<string, string | undefined> => ({
  name: maskName(person.name),
  id_number: maskNumber(person.number),
  phone_number: person.phone === undefined ? undefined : maskPhone(person.phone),
});

const itemsOf = (open: OpenInteraction, person: AccountProfile): ConsentItem[] => {
  const masked = maskedValues(person);
  const claims = missing(open, 'missingOIDCScope').flatMap((scope): readonly string[] =>
    scope === 'openid' || scope === 'offline_access'
      ? [scope]
      : (claimsOfScope[scope as keyof typeof claimsOfScope] ?? []).filter(
          (claim) => !claim.endsWith('_verified'),
        ),
  );
  return [...new Set(claims)].map((claim) => {
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
  ctx.type = 'html';
  ctx.body = renderPage(
    <ConsentPage
      context={open.context}
      action={open.at('consent')}
      csrf={open.csrf}
      items={itemsOf(open, person)}
      purpose={open.site.purpose}
      siteDepartment={open.site.department}
      maskedName={maskName(person.name)}
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
  const grantId = await writeGrant(deps, open, person.accountId);
  return finishStep(ctx, deps, { consent: { grantId } });
}

const writeGrant = async (
  deps: InteractionDeps,
  open: OpenInteraction,
  accountId: string,
): Promise<string> => {
  const { Grant } = deps.provider();
  const former = open.details.grantId === undefined ? undefined : await Grant.find(open.details.grantId);
  const grant = former ?? new Grant({ accountId, clientId: open.site.clientId });
  const scopes = missing(open, 'missingOIDCScope');
  const claims = missing(open, 'missingOIDCClaims');
  if (scopes.length > 0) grant.addOIDCScope(scopes.join(' '));
  if (claims.length > 0) grant.addOIDCClaims(claims);
  return grant.save();
};

const refuse = (ctx: Context, deps: InteractionDeps, description: string): Promise<void> =>
  finishStep(ctx, deps, { error: 'access_denied', error_description: description });

/** Goes back to the site without signing in. */
export async function submitAbort(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  await refuse(ctx, deps, 'the person went back to the site');
}
