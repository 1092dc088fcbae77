import type { Context } from 'koa';
import { CertificatePage } from '../../../views/portal/certificate.tsx';
import { CertificatesPage } from '../../../views/portal/certificates.tsx';
import { AppError } from '../../base/error.ts';
import type { Certificate, CertificateType } from '../../directory/index.ts';
import { shownFields } from '../../directory/index.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { type Holder, holderOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const onPage = 20;
const photoTtlSeconds = 60;

/** The address of a certificate's page: its identifier holds no personal data. */
export const certificatePath = (identifier: string): string => `/my/certificates/${identifier}`;

/** Lists the person's certificates, without opening any. */
export const showCertificates: PortalPage = async (ctx, deps, visit) => {
  const { holder } = await holderOf(deps, visit);
  const { after } = ctx.query;
  const page = await deps.directory.listCertificatesOfHolder(holder, {
    limit: onPage,
    ...(typeof after === 'string' ? { after } : {}),
  });
  const types = await Promise.all(page.certificates.map((one) => typeOf(deps, one)));
  showPage(ctx, deps, (context) => (
    <CertificatesPage
      context={context}
      cards={page.certificates.map((one, i) => ({
        href: certificatePath(one.identifier),
        typeName: types[i]?.name[context.language] ?? one.typeCode,
        issuerName: one.issuerName,
        look: types[i]?.look.colour ?? 'slate',
        state: one.state,
        validUntil: one.validUntil ?? null,
      }))}
      nextHref={page.next === null ? null : `/my/certificates?after=${encodeURIComponent(page.next)}`}
    />
  ));
};

const typeOf = (
  deps: PortalDeps,
  { typeCode, typeVersion }: Pick<Certificate, 'typeCode' | 'typeVersion'>,
): Promise<CertificateType> => deps.directory.catalogue.findTypeVersion(typeCode, typeVersion);

/** Shows one certificate whole to its holder; that it was opened is written down before. */
export const showCertificate: PortalPage = async (ctx, deps, visit) => {
  const person = await holderOf(deps, visit);
  const { certificate, type } = await openOwn(ctx, deps, visit, person);
  const photoHref = await photoHrefOf(deps, visit, certificate);
  const path = certificatePath(certificate.identifier);
  showPage(ctx, deps, (context) => (
    <CertificatePage
      context={context}
      typeName={type.name[context.language]}
      look={type.look.colour}
      issuerName={certificate.issuerName}
      identifier={certificate.identifier}
      number={certificate.number}
      state={certificate.state}
      issuedOn={certificate.issuedOn}
      validUntil={certificate.validUntil ?? null}
      holders={certificate.holders.map(({ name }) => name)}
      fields={shownFields(
        type,
        certificate.fields,
        type.fields.map(({ name }) => name),
      ).map(({ name, label, value }) => ({ name, label: label[context.language], value }))}
      photoHref={photoHref}
      credentialHref={certificate.state === 'valid' ? `${path}/credential` : null}
      walletHref={certificate.state === 'valid' ? `${path}/wallet` : null}
      copyHref={certificate.state === 'valid' ? `${path}/copy` : null}
      presentHref={certificate.state === 'valid' ? `${path}/present` : null}
    />
  ));
};

/** What of an own certificate is opened, and what for, as the ledger has it. */
interface OwnUse {
  fields: string[];
  purpose: string;
}

const toLookAt: OwnUse = { fields: ['certificate'], purpose: '本人查看' };

/** Opens a certificate that is the person's own. Throws presentation-not-holder, whether there is one or not. */
export async function openOwn(
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  { holder, holderIndex }: Holder,
  { fields, purpose }: OwnUse = toLookAt,
): Promise<{ certificate: Certificate; type: CertificateType }> {
  const identifier = String((ctx as { params?: { identifier?: string } }).params?.identifier);
  const own = await deps.directory.isHeldBy(identifier, holder);
  if (!own) throw new AppError('presentation-not-holder');
  const certificate = await deps.consent.withAccess(
    {
      person: { accountId: visit.accountId, holderIndex },
      reader: { kind: 'self', id: visit.accountId, name: { zh: '本人', en: 'Yourself' } },
      what: { certificateIdentifier: identifier, fields },
      cause: { purpose },
      basis: { kind: 'self' },
      channel: 'portal',
    },
    () => deps.directory.findCertificate(identifier),
  );
  if (certificate === null) throw new AppError('presentation-not-holder');
  return { certificate, type: await typeOf(deps, certificate) };
}

const photoHrefOf = async (
  { photos }: PortalDeps,
  { accountId }: Visit,
  { photoId }: Certificate,
): Promise<string | null> => {
  if (photoId === undefined) return null;
  const { token } = await photos.makeReference({
    photoId,
    callerId: accountId,
    callerName: '本人',
    purpose: '本人查看',
    ttlSeconds: photoTtlSeconds,
  });
  return `/my/photos/${token}`;
};

/** Hands out a photo by its reference, once. */
export const showPhoto: PortalPage = async (ctx, deps) => {
  ctx.body = await deps.photos.openReference(String((ctx as { params?: { token?: string } }).params?.token));
  ctx.type = 'image/jpeg';
};

/** Hands out the certificate as a credential (SD-JWT VC) for a wallet, after a fresh proof; it holds all the data. */
export const downloadCredential: PortalPage = async (ctx, deps, visit) => {
  const { certificate } = await openOwn(ctx, deps, visit, await holderOf(deps, visit));
  const { identifier } = certificate;
  const { credential } = await deps.credentials.issueCredential({ identifier, actor: visit.accountId });
  ctx.attachment('certificate.sd-jwt');
  ctx.type = 'application/dc+sd-jwt';
  ctx.body = credential;
};
