import { expect, test } from '@jest/globals';
import { AppError, errorCatalogue } from '../../src/base/error.ts';
import { certificateErrors } from '../../src/base/errors/certificate.ts';
import { identityErrors } from '../../src/base/errors/identity.ts';
import { requestErrors } from '../../src/base/errors/request.ts';
import { siteErrors } from '../../src/base/errors/site.ts';

test('no code stands in two files of the catalogue', () => {
  const files = [certificateErrors, identityErrors, requestErrors, siteErrors];
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
