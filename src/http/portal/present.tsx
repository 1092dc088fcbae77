import type { Context } from 'koa';
import { ChooseFieldsPage, PresentPage } from '../../../views/portal/present.tsx';
import { AppError } from '../../base/error.ts';
import type { CertificateType } from '../../directory/index.ts';
import { showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import { certificatePath } from './certificates.tsx';
import type { PortalDeps } from './deps.ts';
import { type Holder, holderOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

/** Reads the identifier out of the address. */
export const identifierOf = (ctx: Context): string =>
  String((ctx as { params?: { identifier?: string } }).params?.identifier);

/** Finds the type of a certificate that is the person's own, without opening it. Throws presentation-not-holder. */
export const ownType = async (
  ctx: Context,
  deps: PortalDeps,
  { holder }: Holder,
): Promise<CertificateType> => {
  const identifier = identifierOf(ctx);
  const described = await deps.directory.describe(identifier);
  if (described === null || !(await deps.directory.isHeldBy(identifier, holder)))
    throw new AppError('presentation-not-holder');
  return described.type;
};

/** Shows the choice of what to present, by name only; what shows on the card and is not sensitive is ticked. */
export const showChoice: PortalPage = (ctx, deps, visit) => drawChoice(ctx, deps, visit);

/** Draws the choice, or draws it again with what was ticked and why that did not do. */
export const drawChoice = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  refused?: { error: AppError; ticked: readonly string[] },
): Promise<void> => {
  const type = await ownType(ctx, deps, await holderOf(deps, visit));
  const path = certificatePath(identifierOf(ctx));
  ctx.status = refused?.error.status ?? 200;
  showPage(ctx, deps, (context) => (
    <ChooseFieldsPage
      context={context}
      csrf={visit.csrf}
      action={`${path}/present`}
      offlineAction={`${path}/offline`}
      backHref={path}
      typeName={type.name[context.language]}
      fields={type.fields.map(({ name, label, onCard, sensitive }) => ({
        name,
        label: label[context.language],
        chosen: refused ? refused.ticked.includes(name) : onCard && !sensitive,
      }))}
      {...(refused && { error: refused.error.text(context.language) })}
    />
  ));
};

/** Reads which fields were ticked. */
export const tickedFields = (ctx: Context): string[] =>
  new URLSearchParams(ctx.request.rawBody ?? '').getAll('fields');

/** Takes the choice and goes to the page of the code; names of fields may stand in an address, values never. */
export const takeChoice: PortalPage = async (ctx) => {
  const names = tickedFields(ctx);
  ctx.status = 303;
  ctx.redirect(codePathOf(identifierOf(ctx), names));
};

const codePathOf = (identifier: string, names: readonly string[]): string =>
  `${certificatePath(identifier)}/code?${new URLSearchParams({ fields: names.join(',') })}`;

/** Shows a fresh code each time it is opened; the page opens itself again before the code expires. */
export const showCode: PortalPage = async (ctx, deps, visit) => {
  const person = await holderOf(deps, visit);
  const { holder } = person;
  const identifier = identifierOf(ctx);
  const given = typeof ctx.query['fields'] === 'string' ? ctx.query['fields'] : '';
  const fields = given.split(',').filter(Boolean);
  const { accountId } = visit;
  const { code, ttlSeconds } = await deps.presentations.present({ identifier, accountId, holder, fields });
  const qrImage = await drawQr(`${deps.issuer}/p/${code}`, 'M');
  const type = await ownType(ctx, deps, person);
  const path = codePathOf(identifier, fields);
  showPage(
    ctx,
    deps,
    (context) => (
      <PresentPage
        context={context}
        typeName={type.name[context.language]}
        qrImage={qrImage}
        ttlSeconds={ttlSeconds}
        refreshHref={path}
        backHref={certificatePath(identifier)}
        shown={type.fields
          .filter(({ name }) => fields.includes(name))
          .map(({ label }) => label[context.language])}
      />
    ),
    path,
  );
};
