import type { Context } from 'koa';
import {
  ClerkAnsweredPage,
  ClerkRequestPage,
  ClerkRequestsPage,
  MatchCodePage,
  type ShownRequest,
} from '../../../views/portal/clerk-requests.tsx';
import { claimText } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { CounterRequest } from '../../identity/index.ts';
import { claimsOfScope, placeOf } from '../../oidc/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import { field, parseJson } from '../form.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

type Language = 'zh' | 'en';

const listPath = '/my/requests';

const ownOf = (ctx: Context, { accountId }: Visit) => ({
  accountId,
  requestId: String((ctx as { params?: { id?: string } }).params?.id),
});

/** Finds what the page says of who asks, in either language. */
const shownIn = async (
  { sites }: PortalDeps,
  request: CounterRequest,
): Promise<(language: Language) => ShownRequest> => {
  const site = await sites.find(request.clientId);
  const { requestId, clientId, clerkId, purpose, bindingMessage, askedAt } = request;
  return (language) => ({
    href: `${listPath}/${requestId}`,
    site: site?.name[language] ?? clientId,
    place: (site && placeOf(site)?.[language]) ?? '',
    clerkId,
    purpose,
    bindingMessage,
    askedAt,
  });
};

const givenBy = (scope: string, language: Language): string[] =>
  scope
    .split(' ')
    .filter((name) => name !== 'openid')
    .flatMap((name): readonly string[] => claimsOfScope[name as keyof typeof claimsOfScope] ?? [name])
    .filter((claim) => !claim.endsWith('_verified'))
    .concat('openid')
    .map((claim) => claimText(language, claim).label);

/** Lists what waits for the person's answer. */
export const showRequests: PortalPage = async (ctx, deps, visit) => {
  const requests = await deps.identity.listCounterRequests(visit.accountId);
  const shown = await Promise.all(requests.map((request) => shownIn(deps, request)));
  showPage(ctx, deps, (context) => (
    <ClerkRequestsPage context={context} requests={shown.map((of) => of(context.language))} />
  ));
};

/** Shows one question. Throws clerk-request-over. */
const draw = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const own = ownOf(ctx, visit);
  const request = await deps.identity.findCounterRequest(own);
  const [shown, passkeys, options] = await Promise.all([
    shownIn(deps, request),
    deps.identity.listPasskeys(visit.accountId),
    deps.identity.beginCounterApproval(own),
  ]);
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <ClerkRequestPage
        context={context}
        csrf={visit.csrf}
        request={shown(context.language)}
        given={givenBy(request.scope, context.language)}
        options={options}
        hasPasskey={passkeys.length > 0}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    `${listPath}/${own.requestId}`,
  );
};

/** Shows who asks what. */
export const showRequest: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

const canTryAgain = ({ code }: AppError): boolean =>
  code.startsWith('passkey-') || code === 'clerk-request-unproven';

const answered = (ctx: Context, deps: PortalDeps, answer: 'approved' | 'refused' | 'not-me'): void =>
  showPage(ctx, deps, (context) => <ClerkAnsweredPage context={context} answer={answer} />, listPath);

/** Lets the counter know the person, by a passkey used for this question. */
export const approveRequest: PortalPage = async (ctx, deps, visit) => {
  const own = { ...ownOf(ctx, visit), response: parseJson(field(ctx, 'response')) };
  try {
    const { assurance, ...approved } = await deps.identity.approveAtCounter(own);
    await deps.counterAnswers.approve({ ...approved, acr: acrOf(assurance), authTime: deps.nowSeconds() });
  } catch (error) {
    if (!(error instanceof AppError) || !canTryAgain(error)) throw error;
    return draw(ctx, deps, visit, error);
  }
  answered(ctx, deps, 'approved');
};

/** Refuses; both ways tell the counter the same. */
export const refuseRequest: PortalPage = async (ctx, deps, visit) => {
  const why = field(ctx, 'why') === 'not-me' ? 'not-me' : 'refused';
  const request = await deps.identity.refuseAtCounter({ ...ownOf(ctx, visit), why });
  await deps.counterAnswers.refuse(request);
  answered(ctx, deps, why);
};

/** Offers to make a match code. */
export const showMatchCode: PortalPage = async (ctx, deps, { csrf }) =>
  showPage(ctx, deps, (context) => <MatchCodePage context={context} csrf={csrf} code={null} />);

/** Makes a match code and shows it. */
export const makeMatchCode: PortalPage = async (ctx, deps, { accountId, csrf }) => {
  const { code } = await deps.identity.makeMatchCode(accountId);
  showPage(ctx, deps, (context) => <MatchCodePage context={context} csrf={csrf} code={code} />);
};
