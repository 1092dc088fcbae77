import { abuseErrors } from './errors/abuse.ts';
import { auditErrors } from './errors/audit.ts';
import { authenticatorErrors } from './errors/authenticator.ts';
import { certificateErrors } from './errors/certificate.ts';
import { clerkRequestErrors } from './errors/clerk-request.ts';
import { consentErrors } from './errors/consent.ts';
import { copyErrors } from './errors/copy.ts';
import { counterCheckErrors } from './errors/counter-check.ts';
import { credentialErrors } from './errors/credential.ts';
import { directoryErrors } from './errors/directory.ts';
import { doctorErrors } from './errors/doctor.ts';
import { federationErrors } from './errors/federation.ts';
import { fileErrors } from './errors/file.ts';
import { frameworkErrors } from './errors/framework.ts';
import { identityErrors } from './errors/identity.ts';
import { importErrors } from './errors/import.ts';
import { issuingErrors } from './errors/issuing.ts';
import { keyErrors } from './errors/keys.ts';
import { machineErrors } from './errors/machine.ts';
import { mandateErrors } from './errors/mandate.ts';
import { mappingErrors } from './errors/mapping.ts';
import { miniProgramErrors } from './errors/mini-program.ts';
import { netIdErrors } from './errors/net-id.ts';
import { officeErrors } from './errors/office.ts';
import { offlineErrors } from './errors/offline.ts';
import { onboardingErrors } from './errors/onboarding.ts';
import { otherRegionErrors } from './errors/other-region.ts';
import { peerMessageErrors } from './errors/peer-message.ts';
import { phoneChangeErrors } from './errors/phone-change.ts';
import { photoErrors } from './errors/photo.ts';
import { presentationErrors } from './errors/presentation.ts';
import { qrErrors } from './errors/qr.ts';
import { recognitionErrors } from './errors/recognition.ts';
import { recoveryErrors } from './errors/recovery.ts';
import { regionLinkErrors } from './errors/region-link.ts';
import { regionObjectionErrors } from './errors/region-objection.ts';
import { regionRulesErrors } from './errors/region-rules.ts';
import { registrationErrors } from './errors/registration.ts';
import { requestErrors } from './errors/request.ts';
import { sealErrors } from './errors/seal.ts';
import { signalErrors } from './errors/signal.ts';
import { simulatorErrors } from './errors/simulator.ts';
import { siteErrors } from './errors/site.ts';
import { staffErrors } from './errors/staff.ts';
import { tierErrors } from './errors/tier.ts';
import { upkeepErrors } from './errors/upkeep.ts';
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
  ...phoneChangeErrors,
  ...abuseErrors,
  ...qrErrors,
  ...miniProgramErrors,
  ...netIdErrors,
  ...clerkRequestErrors,
  ...counterCheckErrors,
  ...siteErrors,
  ...onboardingErrors,
  ...doctorErrors,
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
  ...mandateErrors,
  ...mappingErrors,
  ...regionObjectionErrors,
  ...otherRegionErrors,
  ...regionLinkErrors,
  ...recoveryErrors,
  ...peerMessageErrors,
  ...signalErrors,
  ...simulatorErrors,
  ...staffErrors,
  ...issuingErrors,
  ...fileErrors,
  ...upkeepErrors,
  ...regionRulesErrors,
  ...keyErrors,
  ...useErrors,
  ...verificationErrors,
  ...federationErrors,
  ...frameworkErrors,
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
