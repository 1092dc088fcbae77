import { auditErrors } from './errors/audit.ts';
import { authenticatorErrors } from './errors/authenticator.ts';
import { certificateErrors } from './errors/certificate.ts';
import { consentErrors } from './errors/consent.ts';
import { copyErrors } from './errors/copy.ts';
import { credentialErrors } from './errors/credential.ts';
import { directoryErrors } from './errors/directory.ts';
import { federationErrors } from './errors/federation.ts';
import { fileErrors } from './errors/file.ts';
import { identityErrors } from './errors/identity.ts';
import { importErrors } from './errors/import.ts';
import { issuingErrors } from './errors/issuing.ts';
import { machineErrors } from './errors/machine.ts';
import { officeErrors } from './errors/office.ts';
import { offlineErrors } from './errors/offline.ts';
import { otherRegionErrors } from './errors/other-region.ts';
import { peerMessageErrors } from './errors/peer-message.ts';
import { photoErrors } from './errors/photo.ts';
import { presentationErrors } from './errors/presentation.ts';
import { recognitionErrors } from './errors/recognition.ts';
import { registrationErrors } from './errors/registration.ts';
import { requestErrors } from './errors/request.ts';
import { sealErrors } from './errors/seal.ts';
import { signalErrors } from './errors/signal.ts';
import { siteErrors } from './errors/site.ts';
import { staffErrors } from './errors/staff.ts';
import { tierErrors } from './errors/tier.ts';
import { useErrors } from './errors/use.ts';
import { verificationErrors } from './errors/verification.ts';

export type { ErrorEntry } from './errors/entry.ts';

/** Every refusal Yihao can give, by code; a file a subject. `docs/errors.md` is generated from it. */
export const errorCatalogue = {
  ...machineErrors,
  ...presentationErrors,
  ...offlineErrors,
  ...officeErrors,
  ...requestErrors,
  ...identityErrors,
  ...registrationErrors,
  ...authenticatorErrors,
  ...siteErrors,
  ...tierErrors,
  ...certificateErrors,
  ...credentialErrors,
  ...directoryErrors,
  ...photoErrors,
  ...sealErrors,
  ...auditErrors,
  ...consentErrors,
  ...copyErrors,
  ...importErrors,
  ...recognitionErrors,
  ...otherRegionErrors,
  ...peerMessageErrors,
  ...signalErrors,
  ...staffErrors,
  ...issuingErrors,
  ...fileErrors,
  ...useErrors,
  ...verificationErrors,
  ...federationErrors,
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorValues = Record<string, string | number>;

const fill = (text: string, values: ErrorValues): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));

/** A refusal with a code of the catalogue. Its message and values are safe to log and to show: no personal data. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly values: ErrorValues = {},
    options?: ErrorOptions,
  ) {
    super(fill(errorCatalogue[code].en, values), options);
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** Returns the sentence for the person, in the language asked. */
  text(language: 'zh' | 'en'): string {
    return fill(errorCatalogue[this.code][language], this.values);
  }
}
