import type { Context } from 'koa';
import { OfficersCertificatePage } from '../../../views/console/certificate.tsx';
import { AppError } from '../../base/error.ts';
import { maskNumber } from '../../base/mask.ts';
import {
  type Certificate,
  type CertificateType,
  type FieldDefinition,
  shownFields,
} from '../../directory/index.ts';
import { maskHolder } from '../../terms/holder.ts';
import { field } from '../form.ts';
import { showPage } from '../page.ts';
import { certificatePath, findOwn, type OwnCertificate, openOwn } from './certificates-access.ts';
import { actsOn } from './certificates-act.tsx';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Visit } from './visit.ts';

const isSensitive = (one: FieldDefinition): boolean =>
  one.sensitive || (one.kind === 'rows' && one.columns.some(({ sensitive }) => sensitive));

const hidden = '***';

/** What stands on a certificate, as a page shows it: masked, or whole. */
const contentOf = (type: CertificateType, { number, holders, fields }: Certificate, isWhole: boolean) => {
  const masked = new Set(isWhole ? [] : type.fields.filter(isSensitive).map(({ name }) => name));
  const names = type.fields.map(({ name }) => name);
  return {
    number: isWhole ? number : maskNumber(number),
    holders: holders
      .map((holder) => (isWhole ? holder : maskHolder(holder)))
      .map(({ name, code }) => `${name} ${code}`),
    fields: shownFields(type, fields, names).map((one) =>
      masked.has(one.name) ? { ...one, value: hidden } : one,
    ),
  };
};

/** Opens the watermarked photo, if it may be shown. */
const pictureOf = async (
  { photos }: ConsoleDeps,
  { officerId }: Visit,
  { photoId }: Certificate,
  purpose: string,
): Promise<string | null> => {
  if (photoId === undefined) return null;
  const kept = await photos.findPhoto(photoId);
  if (kept?.review.state !== 'accepted') return null;
  const callerName = '发证机构证照经办人员';
  const request = { photoId, callerId: officerId, callerName, purpose, ttlSeconds: 60 };
  const { token } = await photos.makeReference(request);
  return `data:image/jpeg;base64,${(await photos.openReference(token)).toString('base64')}`;
};

/** What of a certificate is shown, and what for. */
interface Look {
  isWhole: boolean;
  purpose: string;
  error?: AppError;
}

const toLook = '发证机构查看本机构签发的证照';

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  visit: Visit,
  { own, isWhole, purpose, error }: Look & { own: OwnCertificate },
): Promise<void> => {
  const { summary, type } = own;
  const open = type.fields.filter((one) => !isSensitive(one)).map(({ name }) => name);
  const fields = isWhole ? ['certificate'] : ['holders', ...open];
  const certificate = await openOwn(deps, visit, own, { fields, purpose });
  const photo = isWhole ? await pictureOf(deps, visit, certificate, purpose) : null;
  const { number, holders, fields: shown } = contentOf(type, certificate, isWhole);
  const { identifier, issuerName, areaCode, version, issuedOn, validFrom, validUntil, trustLevel } = summary;
  const path = certificatePath(identifier);
  const hrefOf = (neighbour: string | undefined): string | null =>
    neighbour === undefined ? null : certificatePath(neighbour);
  ctx.status = error?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <OfficersCertificatePage
      {...{ context, path, photo, number, holders, isWhole, csrf: visit.csrf, state: summary.state }}
      typeName={type.name[context.language]}
      plain={{
        identifier,
        issuedOn,
        trustLevel,
        issuer: issuerName,
        area: areaCode,
        version: String(version),
        validFrom: validFrom ?? null,
        validUntil: validUntil ?? null,
      }}
      fields={shown.map(({ name, label, value }) => ({ name, label: label[context.language], value }))}
      purpose={field(ctx, 'purpose')}
      previousHref={hrefOf(summary.previousIdentifier)}
      nextHref={hrefOf(summary.nextIdentifier)}
      changeHref={summary.status === 'valid' ? `${path}/change` : null}
      actHref={actsOn(summary).length > 0 ? `${path}/act` : null}
      {...(error && { error: error.text(context.language) })}
    />
  ));
};

/** Shows a certificate with what is sensitive masked. */
export const showCertificate: ConsolePage = async (ctx, deps, visit) =>
  draw(ctx, deps, visit, { own: await findOwn(ctx, deps, visit), isWhole: false, purpose: toLook });

/** Shows a certificate whole, for the purpose that its holders read in their ledgers. */
export const showWhole: ConsolePage = async (ctx, deps, visit) => {
  const own = await findOwn(ctx, deps, visit);
  try {
    await draw(ctx, deps, visit, { own, isWhole: true, purpose: field(ctx, 'purpose') });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'certificate-purpose') throw error;
    await draw(ctx, deps, visit, { own, isWhole: false, purpose: toLook, error });
  }
};
