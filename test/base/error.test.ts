import { expect, test } from '@jest/globals';
import { AppError, errorCatalogue } from '../../src/base/error.ts';
import { auditErrors } from '../../src/base/errors/audit.ts';
import { authenticatorErrors } from '../../src/base/errors/authenticator.ts';
import { certificateErrors } from '../../src/base/errors/certificate.ts';
import { consentErrors } from '../../src/base/errors/consent.ts';
import { copyErrors } from '../../src/base/errors/copy.ts';
import { credentialErrors } from '../../src/base/errors/credential.ts';
import { directoryErrors } from '../../src/base/errors/directory.ts';
import { federationErrors } from '../../src/base/errors/federation.ts';
import { fileErrors } from '../../src/base/errors/file.ts';
import { identityErrors } from '../../src/base/errors/identity.ts';
import { importErrors } from '../../src/base/errors/import.ts';
import { issuingErrors } from '../../src/base/errors/issuing.ts';
import { machineErrors } from '../../src/base/errors/machine.ts';
import { officeErrors } from '../../src/base/errors/office.ts';
import { offlineErrors } from '../../src/base/errors/offline.ts';
import { otherRegionErrors } from '../../src/base/errors/other-region.ts';
import { peerMessageErrors } from '../../src/base/errors/peer-message.ts';
import { photoErrors } from '../../src/base/errors/photo.ts';
import { presentationErrors } from '../../src/base/errors/presentation.ts';
import { recognitionErrors } from '../../src/base/errors/recognition.ts';
import { registrationErrors } from '../../src/base/errors/registration.ts';
import { requestErrors } from '../../src/base/errors/request.ts';
import { sealErrors } from '../../src/base/errors/seal.ts';
import { signalErrors } from '../../src/base/errors/signal.ts';
import { siteErrors } from '../../src/base/errors/site.ts';
import { staffErrors } from '../../src/base/errors/staff.ts';
import { tierErrors } from '../../src/base/errors/tier.ts';
import { useErrors } from '../../src/base/errors/use.ts';
import { verificationErrors } from '../../src/base/errors/verification.ts';

test('no code stands in two files of the catalogue', () => {
  const files = [
    auditErrors,
    consentErrors,
    copyErrors,
    certificateErrors,
    credentialErrors,
    directoryErrors,
    identityErrors,
    federationErrors,
    fileErrors,
    importErrors,
    issuingErrors,
    photoErrors,
    machineErrors,
    otherRegionErrors,
    presentationErrors,
    offlineErrors,
    officeErrors,
    recognitionErrors,
    peerMessageErrors,
    registrationErrors,
    authenticatorErrors,
    requestErrors,
    sealErrors,
    signalErrors,
    siteErrors,
    staffErrors,
    tierErrors,
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
