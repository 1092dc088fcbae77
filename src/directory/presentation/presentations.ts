/**
 * Presenting a certificate (亮证). Owns the one-time code, what it stands for, and what of a certificate a counter sees.
 * It does not own who may scan (oidc, http), nor the record of the use (consent): an edge takes the code, writes the use
 * down, and only then opens what is shown. The code, its life of a minute and the fields shown are our own design.
 */
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { Directory } from '../index.ts';
import { type Presentation, type PresentedCertificate, presentationTtlSeconds } from './presentation.ts';
import { shownFields, shownHolder } from './shown.ts';

export interface PresentationDeps {
  directory: Pick<
    Directory,
    'findCertificate' | 'verifyCertificate' | 'verifySeal' | 'holderIndexOf' | 'catalogue'
  >;
  ephemeral: EphemeralStore;
}

export interface NewPresentation {
  identifier: string;
  accountId: string;
  holder: { type: string; code: string };
  fields: readonly string[];
}

/** What can be asked of presentations. */
export interface Presentations {
  /**
   * Makes a code for one scan. Throws presentation-not-holder, presentation-of-no-use and presentation-field-unknown.
   */
  present(input: NewPresentation): Promise<{ code: string; ttlSeconds: number }>;
  /** Takes a code, once; throws presentation-unknown when it was scanned before, has expired or is none. */
  take(code: string): Promise<{ presentation: Presentation; verdict: Verdict }>;
  /** Opens what a taken code shows; the verdict is that of this moment. */
  open(presentation: Presentation): Promise<PresentedCertificate>;
}

const keyOf = (code: string): string => `presentation:${code}`;
const plausible = /^[\w-]{22}$/;

/** Opens presentations on the directory and the store of what expires. */
export function createPresentations(deps: PresentationDeps): Presentations {
  const { directory, ephemeral } = deps;
  return {
    present: (input) => present(deps, input),
    async take(code) {
      const kept = plausible.test(code) ? await ephemeral.take(keyOf(code)) : null;
      if (kept === null) throw new AppError('presentation-unknown');
      const presentation = JSON.parse(kept) as Presentation;
      const { identifier } = presentation;
      return { presentation, verdict: await directory.verifyCertificate({ identifier }) };
    },
    open: (presentation) => open(deps, presentation),
  };
}

async function present(
  { directory, ephemeral }: PresentationDeps,
  { identifier, accountId, holder, fields }: NewPresentation,
): Promise<{ code: string; ttlSeconds: number }> {
  const certificate = await directory.findCertificate(identifier);
  const holderIndex = directory.holderIndexOf(holder);
  const isHolder = certificate?.holders.some((one) => directory.holderIndexOf(one) === holderIndex) === true;

  // A certificate of somebody else is answered as one that is not there.
  if (certificate === null || !isHolder) throw new AppError('presentation-not-holder');
  if (certificate.state !== 'valid') throw new AppError('presentation-of-no-use');
  const { typeCode, typeVersion } = certificate;
  const type = await directory.catalogue.findTypeVersion(typeCode, typeVersion);
  const known = new Set(type.fields.map(({ name }) => name));
  if (fields.some((name) => !known.has(name))) throw new AppError('presentation-field-unknown');

  const code = newId();
  const kept: Presentation = {
    identifier: certificate.identifier,
    typeCode,
    accountId,
    holderIndex,
    fields: [...new Set(fields)],
  };
  const ttlSeconds = presentationTtlSeconds;
  await ephemeral.put(keyOf(code), JSON.stringify(kept), { ttlSeconds });

  return { code, ttlSeconds };
}

async function open(
  { directory }: PresentationDeps,
  { identifier, holderIndex, fields }: Presentation,
): Promise<PresentedCertificate> {
  const [certificate, verdict] = await Promise.all([
    directory.findCertificate(identifier),
    directory.verifyCertificate({ identifier }),
  ]);
  if (certificate === null) throw new AppError('presentation-unknown');
  const { typeCode, typeVersion, holders, issuerName, validUntil = null, photoId = null } = certificate;
  const type = await directory.catalogue.findTypeVersion(typeCode, typeVersion);
  const holder = holders.find((one) => directory.holderIndexOf(one) === holderIndex);
  return {
    verdict,
    identifier,
    typeName: type.name,
    issuerName,
    maskedName: shownHolder(holder),
    validUntil,
    photoId,
    fields: shownFields(type, certificate.fields, fields),
  };
}
