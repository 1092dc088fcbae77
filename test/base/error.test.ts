import { expect, test } from '@jest/globals';
import { AppError, errorCatalogue } from '../../src/base/error.ts';
import { auditErrors } from '../../src/base/errors/audit.ts';
import { certificateErrors } from '../../src/base/errors/certificate.ts';
import { consentErrors } from '../../src/base/errors/consent.ts';
import { copyErrors } from '../../src/base/errors/copy.ts';
import { credentialErrors } from '../../src/base/errors/credential.ts';
import { directoryErrors } from '../../src/base/errors/directory.ts';
import { identityErrors } from '../../src/base/errors/identity.ts';
import { importErrors } from '../../src/base/errors/import.ts';
import { machineErrors } from '../../src/base/errors/machine.ts';
import { photoErrors } from '../../src/base/errors/photo.ts';
import { presentationErrors } from '../../src/base/errors/presentation.ts';
import { requestErrors } from '../../src/base/errors/request.ts';
import { sealErrors } from '../../src/base/errors/seal.ts';
import { siteErrors } from '../../src/base/errors/site.ts';

test('no code stands in two files of the catalogue', () => {
  const files = [
    auditErrors,
    consentErrors,
    copyErrors,
    certificateErrors,
    credentialErrors,
    directoryErrors,
    identityErrors,
    importErrors,
    photoErrors,
    machineErrors,
    presentationErrors,
    requestErrors,
    sealErrors,
    siteErrors,
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
