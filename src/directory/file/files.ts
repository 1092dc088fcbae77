/**
 * Files handed in to be verified (文件核验): a printable copy (PDF, PNG) as it was handed out, a credential (SD-JWT VC) and
 * a sealed document (JSON). Owns which of these a file is and how its own last day and its certificate's state make one
 * verdict. It does not own the certificates (the directory), what was drawn (copies) or signed (credentials), nor who may
 * ask (http). A file that differs in one byte from the one handed out is not genuine: nothing is guessed from its looks.
 * The forms of the files are our own design. Control leaves by a value.
 */
import type { Clock } from '../../base/clock.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { Copies, FoundCopy } from '../copy/copies.ts';
import type { Credentials } from '../credential/credentials.ts';
import type { Directory } from '../index.ts';
import { verifyFile } from './verify-file.ts';

/** What files are held against. */
export interface FileDeps {
  directory: Pick<Directory, 'identifyDocument' | 'verifyCertificate'>;
  copies: Pick<Copies, 'findCopy'>;
  credentials: Pick<Credentials, 'identifyCredential'>;
  clock: Clock;
}

/** The file itself, or the SHA-256 of a copy's bytes, hexadecimal: the other kinds are told by their content alone. */
export type FileQuestion = { bytes: Buffer } | { digest: string };

/** What a file turned out to be. Personal data where it is a copy. */
export interface FileFinding {
  kind: 'copy' | 'credential' | 'document' | 'other';
  verdict: Verdict;
  /** The certificate it is of; null when it is of none. */
  identifier: CertificateIdentifier | null;
  copy: FoundCopy | null;
}

/** The largest file that is looked at: copies with a photo stay well below. */
export const mostFileKb = 4096;

/** What can be asked of files. */
export interface Files {
  verifyFile(question: FileQuestion): Promise<FileFinding>;
}

/** Opens the verification of files. */
export const createFiles = (deps: FileDeps): Files => ({
  verifyFile: (question) => verifyFile(deps, question),
});
