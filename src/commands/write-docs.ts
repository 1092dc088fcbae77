import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeConfiguration } from '../../config/document.ts';
import { projectRoot } from '../../config/root.ts';
import { describeErrors } from '../base/error-document.ts';

const docs = join(projectRoot(), 'docs');
await writeFile(join(docs, 'configuration.md'), describeConfiguration());
await writeFile(join(docs, 'errors.md'), describeErrors());
