import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeConfiguration } from '../../config/document.ts';
import { projectRoot } from '../../config/root.ts';
import { describeErrors } from '../../src/base/error-document.ts';

const doc = (name: string): Promise<string> => readFile(join(projectRoot(), 'docs', name), 'utf8');

test('docs/configuration.md is what the declarations say (else: npm run docs)', async () => {
  expect(await doc('configuration.md')).toBe(describeConfiguration());
});

test('docs/errors.md is what the catalogue says (else: npm run docs)', async () => {
  expect(await doc('errors.md')).toBe(describeErrors());
});
