import type { Context } from 'koa';
import { CopyPage } from '../../../views/portal/copy.tsx';
import { AppError } from '../../base/error.ts';
import type { Copy } from '../../directory/index.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { field } from '../form.ts';
import { showPage } from '../page.ts';
import { certificatePath, openOwn } from './certificates.tsx';
import type { PortalDeps } from './deps.ts';
import { holderOf } from './person.ts';
import { identifierOf, ownType } from './present.tsx';
import type { PortalPage, Visit } from './visit.ts';

/** How long a copy may be good for, in days; the directory allows no longer. */
const spans = [1, 7, 30] as const;
const daySeconds = 86_400;
const longestPurpose = 60;

/** Asks what a copy is for and until when. */
export const showCopyForm: PortalPage = (ctx, deps, visit) => drawForm(ctx, deps, visit);

const drawForm = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const type = await ownType(ctx, deps, await holderOf(deps, visit));
  const path = certificatePath(identifierOf(ctx));
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <CopyPage
      context={context}
      csrf={visit.csrf}
      action={`${path}/copy`}
      backHref={path}
      typeName={type.name[context.language]}
      purpose={field(ctx, 'purpose')}
      longestPurpose={longestPurpose}
      spans={spans.map((days) => ({ days, until: dayAfter(deps, days) }))}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const dayAfter = ({ nowSeconds }: PortalDeps, days: number): string =>
  shanghaiDateOf(new Date((nowSeconds() + days * daySeconds) * 1000));

/** Hands out the copy as a PDF; what is to be corrected is said on the form. */
export const downloadCopy: PortalPage = async (ctx, deps, visit) => {
  const copy = await tryCopy(ctx, deps, visit);
  if (copy instanceof AppError) return drawForm(ctx, deps, visit, copy);
  ctx.attachment('certificate-copy.pdf');
  ctx.type = copy.contentType;
  ctx.body = copy.bytes;
};

const tryCopy = async (ctx: Context, deps: PortalDeps, visit: Visit): Promise<Copy | AppError> => {
  try {
    return await makeOwnCopy(ctx, deps, visit);
  } catch (error) {
    if (error instanceof AppError && [400, 409, 422].includes(error.status)) return error;
    throw error;
  }
};

const makeOwnCopy = async (ctx: Context, deps: PortalDeps, visit: Visit): Promise<Copy> => {
  const purpose = field(ctx, 'purpose').trim();
  if (purpose === '' || [...purpose].length > longestPurpose)
    throw new AppError('copy-purpose', { longest: longestPurpose });
  const days = spans.find((known) => String(known) === field(ctx, 'days'));
  if (days === undefined) throw new AppError('copy-expiry', { longestDays: Math.max(...spans) });
  const person = await holderOf(deps, visit);
  const { certificate, type } = await openOwn(ctx, deps, visit, person, { fields: ['copy'], purpose });
  return deps.copies.makeCopy({
    certificate,
    type,
    caller: { id: visit.accountId, name: `${person.profile.name}（本人）` },
    purpose,
    expiresOn: dayAfter(deps, days),
    form: 'pdf',
  });
};
