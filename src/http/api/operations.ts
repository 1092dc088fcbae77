import type { Consent } from '../../consent/index.ts';
import type {
  Copies,
  Credentials,
  Directory,
  Files,
  ParentSide,
  Photos,
  Presentations,
} from '../../directory/index.ts';
import type { Verifications } from '../../recognition/index.ts';
import type { Signals } from '../../signals/index.ts';
import { endOperation, liftOperation, suspendOperation } from './act.ts';
import { pollAuthorisationOperation, requestAuthorisationOperation } from './authorise.ts';
import { copyOperation } from './copy.ts';
import { countOperation } from './count.ts';
import { documentOperation, verifyFileOperation } from './file.ts';
import { changeOperation, issueOperation } from './issue.ts';
import type { Operation } from './operation.ts';
import { pollOperation } from './poll.ts';
import { readOperation, searchOperation } from './read.ts';
import { readRegionOperation, scanRegionOperation, verifyRegionOperation } from './recognition.ts';
import { checkPresentedOperation, requestPresentationOperation } from './recognition-present.ts';
import { scanOperation } from './scan.ts';
import { compareBucketsOperation, locateOperation, pushEntriesOperation } from './tier.ts';
import { typesOperation } from './types.ts';
import { verifyOperation } from './verify.ts';

/** Lists the operations of the department interface. */
export const departmentOperations = (deps: {
  issuer: string;
  /** This instance as one of the libraries it names. */
  ownLibrary: { region: string; name: { zh: string; en: string }; address: string };
  parentSide: ParentSide;
  directory: Directory;
  credentials: Credentials;
  files: Files;
  photos: Photos;
  presentations: Presentations;
  copies: Copies;
  consent: Consent;
  verifications: Verifications;
  signals: Pick<Signals, 'poll'>;
}): readonly Operation[] => [
  verifyOperation(deps),
  verifyFileOperation(deps),
  scanOperation(deps),
  readOperation(deps),
  documentOperation(deps),
  copyOperation(deps),
  searchOperation(deps),
  requestAuthorisationOperation(deps),
  pollAuthorisationOperation(deps),
  issueOperation(deps),
  changeOperation(deps),
  suspendOperation(deps),
  liftOperation(deps),
  endOperation(deps),
  countOperation(deps),
  typesOperation(deps),
  pushEntriesOperation(deps),
  compareBucketsOperation(deps),
  locateOperation(deps),
  verifyRegionOperation(deps),
  readRegionOperation(deps),
  scanRegionOperation(deps),
  requestPresentationOperation(deps),
  checkPresentedOperation(deps),
  pollOperation(deps),
];
