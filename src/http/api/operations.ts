import type { Consent } from '../../consent/index.ts';
import type { Copies, Credentials, Directory, Photos, Presentations } from '../../directory/index.ts';
import { pollAuthorisationOperation, requestAuthorisationOperation } from './authorise.ts';
import { copyOperation } from './copy.ts';
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
  copies: Copies;
  consent: Consent;
}): readonly Operation[] => [
  verifyOperation(deps),
  scanOperation(deps),
  readOperation(deps),
  copyOperation(deps),
  searchOperation(deps),
  requestAuthorisationOperation(deps),
  pollAuthorisationOperation(deps),
  issueOperation(deps),
  endOperation(deps),
  typesOperation(deps),
];
