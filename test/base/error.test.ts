import { expect, test } from '@jest/globals';
import { AppError, errorCatalogue } from '../../src/base/error.ts';
import { abuseErrors } from '../../src/base/errors/abuse.ts';
import { auditErrors } from '../../src/base/errors/audit.ts';
import { authenticatorErrors } from '../../src/base/errors/authenticator.ts';
import { certificateErrors } from '../../src/base/errors/certificate.ts';
import { clerkRequestErrors } from '../../src/base/errors/clerk-request.ts';
import { consentErrors } from '../../src/base/errors/consent.ts';
import { copyErrors } from '../../src/base/errors/copy.ts';
import { counterCheckErrors } from '../../src/base/errors/counter-check.ts';
import { credentialErrors } from '../../src/base/errors/credential.ts';
import { directoryErrors } from '../../src/base/errors/directory.ts';
import { doctorErrors } from '../../src/base/errors/doctor.ts';
import { federationErrors } from '../../src/base/errors/federation.ts';
import { fileErrors } from '../../src/base/errors/file.ts';
import { frameworkErrors } from '../../src/base/errors/framework.ts';
import { identityErrors } from '../../src/base/errors/identity.ts';
import { importErrors } from '../../src/base/errors/import.ts';
import { issuingErrors } from '../../src/base/errors/issuing.ts';
import { keyErrors } from '../../src/base/errors/keys.ts';
import { machineErrors } from '../../src/base/errors/machine.ts';
import { mandateErrors } from '../../src/base/errors/mandate.ts';
import { mappingErrors } from '../../src/base/errors/mapping.ts';
import { miniProgramErrors } from '../../src/base/errors/mini-program.ts';
import { netIdErrors } from '../../src/base/errors/net-id.ts';
import { officeErrors } from '../../src/base/errors/office.ts';
import { offlineErrors } from '../../src/base/errors/offline.ts';
import { onboardingErrors } from '../../src/base/errors/onboarding.ts';
import { otherRegionErrors } from '../../src/base/errors/other-region.ts';
import { peerMessageErrors } from '../../src/base/errors/peer-message.ts';
import { phoneChangeErrors } from '../../src/base/errors/phone-change.ts';
import { photoErrors } from '../../src/base/errors/photo.ts';
import { presentationErrors } from '../../src/base/errors/presentation.ts';
import { qrErrors } from '../../src/base/errors/qr.ts';
import { recognitionErrors } from '../../src/base/errors/recognition.ts';
import { recoveryErrors } from '../../src/base/errors/recovery.ts';
import { regionLinkErrors } from '../../src/base/errors/region-link.ts';
import { regionObjectionErrors } from '../../src/base/errors/region-objection.ts';
import { regionRulesErrors } from '../../src/base/errors/region-rules.ts';
import { registrationErrors } from '../../src/base/errors/registration.ts';
import { requestErrors } from '../../src/base/errors/request.ts';
import { sealErrors } from '../../src/base/errors/seal.ts';
import { signalErrors } from '../../src/base/errors/signal.ts';
import { simulatorErrors } from '../../src/base/errors/simulator.ts';
import { siteErrors } from '../../src/base/errors/site.ts';
import { staffErrors } from '../../src/base/errors/staff.ts';
import { tierErrors } from '../../src/base/errors/tier.ts';
import { upkeepErrors } from '../../src/base/errors/upkeep.ts';
import { useErrors } from '../../src/base/errors/use.ts';
import { verificationErrors } from '../../src/base/errors/verification.ts';

test('no code stands in two files of the catalogue', () => {
  const files = [
    abuseErrors,
    auditErrors,
    consentErrors,
    copyErrors,
    counterCheckErrors,
    certificateErrors,
    clerkRequestErrors,
    credentialErrors,
    directoryErrors,
    identityErrors,
    federationErrors,
    fileErrors,
    frameworkErrors,
    importErrors,
    issuingErrors,
    phoneChangeErrors,
    photoErrors,
    keyErrors,
    machineErrors,
    otherRegionErrors,
    presentationErrors,
    offlineErrors,
    officeErrors,
    recognitionErrors,
    mandateErrors,
    miniProgramErrors,
    netIdErrors,
    mappingErrors,
    regionObjectionErrors,
    peerMessageErrors,
    regionLinkErrors,
    recoveryErrors,
    registrationErrors,
    authenticatorErrors,
    qrErrors,
    requestErrors,
    sealErrors,
    signalErrors,
    simulatorErrors,
    siteErrors,
    onboardingErrors,
    doctorErrors,
    staffErrors,
    tierErrors,
    upkeepErrors,
    regionRulesErrors,
    useErrors,
    verificationErrors,
  ];
  const codes = files.flatMap((file) => Object.keys(file));
  expect(new Set(codes).size).toBe(codes.length);
  expect(Object.keys(errorCatalogue)).toHaveLength(codes.length);
});

test('a refusal fills its values in, in either language, and leaves a name it has no value for', () => {
  const refusal = new AppError('too-many-requests', { waitSeconds: 30 });
  expect(refusal.text('zh')).toContain('30 秒');
  expect(refusal.text('en')).toContain('30 seconds');
  expect(new AppError('too-many-requests').text('en')).toContain('{waitSeconds}');
});
