import type { Consent } from '../../consent/index.ts';
import type { Credentials, Directory, Photos, Presentations } from '../../directory/index.ts';
import { endOperation, issueOperation } from './issue.ts';
import type { Operation } from './operation.ts';
import { readOperation, searchOperation } from './read.ts';
import { scanOperation } from './scan.ts';
import { typesOperation } from './types.ts';
import { verifyOperation } from './verify.ts';

/** Lists the operations of the department interface. */
export const departmentOperations = (deps: {
  issuer: string;
  directory: Directory;
  credentials: Credentials;
  photos: Photos;
  presentations: Presentations;
  consent: Consent;
}): readonly Operation[] => [
  verifyOperation(deps),
  scanOperation(deps),
  readOperation(deps),
  searchOperation(deps),
  issueOperation(deps),
  endOperation(deps),
  typesOperation(deps),
];
