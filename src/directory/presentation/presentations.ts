/**
 * Presenting a certificate (亮证). Owns the one-time code, what it stands for, and what of a certificate a counter sees.
 * It does not own who may scan (oidc, http), nor the record of the use (consent): an edge takes the code, writes the use
 * down, and only then opens what is shown. The code, its life of a minute and the fields shown are our own design.
 * For a counter without a network the code holds what is shown; checking such a one is the matter of offline/.
 */
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { Credentials, OfflineCode } from '../credential/credentials.ts';
import type { Directory } from '../index.ts';
import { presentOffline } from './present-offline.ts';
import { presentable } from './presentable.ts';
import { type Presentation, type PresentedCertificate, presentationTtlSeconds } from './presentation.ts';
import { shownFields, shownHolder } from './shown.ts';

export interface PresentationDeps {
  directory: Pick<
    Directory,
    'findCertificate' | 'verifyCertificate' | 'verifySeal' | 'holderIndexOf' | 'catalogue'
  >;
  credentials: Pick<Credentials, 'signOfflineCode'>;
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
  /** Makes a code that holds what it shows; throws what present throws, offline-too-long and credential-list-busy. */
  presentOffline(input: NewPresentation): Promise<OfflineCode>;
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
    presentOffline: (input) => presentOffline(deps, input),
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
  input: NewPresentation,
): Promise<{ code: string; ttlSeconds: number }> {
  const { certificate } = await presentable(directory, input);
  const { identifier, typeCode } = certificate;

  const code = newId();
  const kept: Presentation = {
    identifier,
    typeCode,
    accountId: input.accountId,
    holderIndex: directory.holderIndexOf(input.holder),
    fields: [...new Set(input.fields)],
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
