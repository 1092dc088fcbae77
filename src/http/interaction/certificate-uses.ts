import type { Context } from 'koa';
import type { ShownUse } from '../../../views/interaction/certificate-uses.tsx';
import { AppError } from '../../base/error.ts';
import type { Cover } from '../../consent/index.ts';
import type { CertificateSummary, CertificateType } from '../../directory/index.ts';
import type { KnownPerson } from '../../identity/index.ts';
import { type AskedDetail, type KeptDetail, readAskedDetails } from '../../oidc/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { serves } from '../../terms/trust-level.ts';
import type { InteractionDeps, OpenInteraction } from './open.ts';

/** One type of certificate that is wanted, and the person's that can serve. */
interface OfferedNeed {
  typeCode: string;
  fields: readonly string[];
  required: boolean;
  certificates: readonly CertificateSummary[];
}

/** One detail of the request, with what the person has for it. */
export interface OfferedUse extends AskedDetail {
  needs: readonly OfferedNeed[];
}

/** The type of holder code of a citizen number (居民身份证号码). */
const citizenNumberType = '111';
const mostOfType = 20;

const holderOf = ({ number }: KnownPerson) => ({ type: citizenNumberType, code: number });

const inputOf = (use: number, identifier: string): string => `use.${use}.${identifier}`;

/** Finds what a request asks for and what the person has for it: in force, and trusted as far as the item needs. */
export async function offeredUses(
  { consent, directory }: InteractionDeps,
  { details }: OpenInteraction,
  person: KnownPerson,
): Promise<OfferedUse[]> {
  const asked = await readAskedDetails(consent, details.params['authorization_details']);
  const needOf = async (
    { item }: AskedDetail,
    cover: Pick<Cover, 'typeCode' | 'fields'>,
  ): Promise<OfferedNeed> => {
    const need = item.needs.find(({ typeCode }) => typeCode === cover.typeCode);
    if (need === undefined) throw new AppError('authorisation-beyond-item');
    const { minimumTrust: minimum, required } = need;
    const page = await directory.listCertificatesOfHolder(holderOf(person), {
      typeCode: need.typeCode,
      states: ['valid'],
      limit: mostOfType,
    });
    const certificates = page.certificates.filter(({ trustLevel: held }) =>
      serves({ held, minimum, crossesRegion: false }),
    );
    return { typeCode: need.typeCode, fields: cover.fields, required, certificates };
  };
  return await Promise.all(
    asked.map(async (one) => ({
      ...one,
      needs: await Promise.all(one.covers.map((cover) => needOf(one, cover as Cover))),
    })),
  );
}

/** Puts the uses into words; of several certificates of a type the first is ticked, since one serves. */
export async function shownUses(
  { directory, nowSeconds }: InteractionDeps,
  uses: readonly OfferedUse[],
  language: 'zh' | 'en',
): Promise<ShownUse[]> {
  const types = uses.length === 0 ? [] : await directory.catalogue.listTypes();
  const typeOf = (code: string): CertificateType | undefined => types.find((type) => type.code === code);
  const labelOf = (code: string, name: string): string =>
    typeOf(code)?.fields.find((known) => known.name === name)?.label[language] ?? name;
  return uses.map(({ item, detail, needs }, use) => ({
    item: item.name[language],
    department: item.department.name[language],
    purpose: detail.purpose,
    law: item.basis.kind === 'law' ? `${item.basis.law} ${item.basis.article}` : null,
    usableUntil: new Date((nowSeconds() + item.longestUseSeconds) * 1000),
    needs: needs.map(({ typeCode, fields, required, certificates }) => ({
      typeName: typeOf(typeCode)?.name[language] ?? typeCode,
      required,
      fields: fields.map((name) => labelOf(typeCode, name)),
      choices: certificates.map(({ identifier, issuerName, validUntil }, i) => ({
        input: inputOf(use, identifier),
        issuerName,
        identifier,
        validUntil: validUntil ?? null,
        ticked: i === 0,
      })),
    })),
  }));
}

/**
 * Keeps what the person ticked, a use authorisation a detail; where nothing is ticked nothing is allowed. Throws what
 * grantAuthorisation throws.
 */
export async function grantUses(
  ctx: Context,
  { consent, directory }: InteractionDeps,
  open: OpenInteraction,
  { person, uses }: { person: KnownPerson; uses: readonly OfferedUse[] },
): Promise<Omit<KeptDetail, 'type'>[]> {
  const { uid, site, details } = open;
  const granted: Omit<KeptDetail, 'type'>[] = [];
  // The parser of forms makes objects of names with dots.
  const ticked = new URLSearchParams(ctx.request.rawBody ?? '');
  for (const [i, { item, detail, covers, needs, key }] of uses.entries()) {
    const allowed = needs.flatMap(({ typeCode, fields, certificates }) =>
      certificates
        .filter(({ identifier }) => ticked.has(inputOf(i, identifier)))
        .map(({ identifier }) => ({ typeCode, fields, certificateIdentifier: identifier })),
    );
    if (item.basis.kind === 'law' || allowed.length === 0) continue;
    const { authorisationId } = await consent.grantAuthorisation({
      person: {
        accountId: person.accountId,
        holderIndex: directory.holderIndexOf(holderOf(person)),
      },
      requester: { kind: 'site', id: site.clientId, name: site.name },
      itemCode: item.code,
      covers,
      purpose: detail.purpose,
      requestKey: `${uid}.${i}`,
      allowed,
      assurance: levelOf(details.session?.acr ?? '') ?? 1,
    });
    granted.push({ key, authorisation_id: authorisationId });
  }
  return granted;
}

/** Withdraws what was allowed before for the same details: the answer on the page is the whole of it. */
export async function withdrawFormer(
  { consent, directory }: InteractionDeps,
  person: KnownPerson,
  authorisationIds: readonly string[],
): Promise<void> {
  const { accountId } = person;
  const own = { accountId, holderIndex: directory.holderIndexOf(holderOf(person)) };
  for (const authorisationId of authorisationIds)
    try {
      await consent.withdrawAuthorisation({ person: own, authorisationId });
    } catch (error) {
      // It ended by itself meanwhile.
      if (!(error instanceof AppError) || error.code !== 'authorisation-closed') throw error;
    }
}
