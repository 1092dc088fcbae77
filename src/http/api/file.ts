import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import { type Directory, type Files, mostFileKb } from '../../directory/index.ts';
import { type Caller, operation } from './operation.ts';
import { basisShape, causeOf, identifierShape, type Ledger, useCauseShape, verdictShape } from './shapes.ts';
import { admitUse, usedOf } from './use.ts';

const why = { useCause: useCauseShape, basis: basisShape };

/** Base64 is four characters for three bytes; beside the file there are a few short texts. */
const bodyLimitKb = Math.ceil((mostFileKb * 4) / 3) + 64;

const verifyBody = z.union([
  /** SHA-256 of a copy's bytes, hexadecimal: copies alone are known by it. */
  z.strictObject({ digest: z.string().regex(/^[0-9a-fA-F]{64}$/), ...why }),
  /** The file in base64: a copy (PDF, PNG), a credential (SD-JWT VC) or a sealed document (JSON). */
  z.strictObject({ content: z.base64().min(1), ...why }),
]);

const verifyAnswer = z.object({
  kind: z.enum(['copy', 'credential', 'document', 'other']),
  /** Of the certificate now, and of a copy also by its own last day; notGenuine when it is no file issued here. */
  verdict: verdictShape,
  identifier: z.string().nullable(),
  /** What stands at the foot of a copy; null for any other file. */
  copy: z
    .object({
      copyId: z.string(),
      callerName: z.string().nullable(),
      purpose: z.string(),
      madeOn: z.string(),
      expiresOn: z.string(),
    })
    .nullable(),
});

interface FileDeps {
  files: Files;
  directory: Directory;
  consent: Ledger;
}

/** Makes the operation that tells whether a file is as it was issued here, and what its certificate is now. */
export const verifyFileOperation = (deps: FileDeps) =>
  operation({
    id: 'verifyFile',
    path: '/files/verify',
    scope: 'certificate.verify',
    summary: { zh: '核验文件', en: 'Verify a file' },
    body: verifyBody,
    bodyLimitKb,
    callsPerMinute: 120,
    answer: verifyAnswer,
    refusals: ['file-too-large', 'use-not-authorised', 'use-trust-low'],
    async run({ useCause, basis, ...file }, caller) {
      const cause = causeOf(useCause, caller);
      const { kind, verdict, identifier, copy } = await deps.files.verifyFile(
        'digest' in file ? file : { bytes: bytesOf(file.content) },
      );
      // Nothing of what was found goes out before the use was admitted and written down.
      if (identifier !== null) await admitVerdict(deps, caller, { identifier, cause, basis });
      if (copy === null) return { kind, verdict, identifier, copy };
      const { identifier: _same, ...foot } = copy;
      return { kind, verdict, identifier, copy: foot };
    },
  });

const bytesOf = (content: string): Buffer => {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > mostFileKb * 1024) throw new AppError('file-too-large', { limitKb: mostFileKb });
  return bytes;
};

type Why = { identifier: string; cause: ReturnType<typeof causeOf>; basis: z.output<typeof basisShape> };

const admitVerdict = async ({ directory, consent }: FileDeps, caller: Caller, why: Why): Promise<void> => {
  const described = await directory.describe(why.identifier);
  if (described === null) throw new AppError('certificate-unknown');
  await admitUse(consent, caller, { ...why, ...usedOf(described), fields: ['verdict'], verdictOnly: true });
};

const documentAnswer = z.object({
  document: z.record(z.string(), z.unknown()),
  seal: z.looseObject({ jws: z.string(), keyId: z.string(), digest: z.string() }),
});

/** Makes the operation that hands a certificate out as its authority sealed it, to be kept and verified as a file. */
export const documentOperation = (deps: Pick<FileDeps, 'directory' | 'consent'>) =>
  operation({
    id: 'readSealedDocument',
    path: '/certificates/document',
    scope: 'certificate.query',
    summary: { zh: '下载签章文件', en: 'Read a certificate as it was sealed' },
    body: z.strictObject({ identifier: identifierShape, ...why }),
    answer: documentAnswer,
    refusals: ['certificate-unknown', 'use-not-authorised', 'use-trust-low'],
    async run({ identifier, useCause, basis }, caller) {
      const cause = causeOf(useCause, caller);
      const described = await deps.directory.describe(identifier);
      if (described === null) throw new AppError('certificate-unknown');
      await admitUse(deps.consent, caller, { ...usedOf(described), fields: ['certificate'], cause, basis });
      const sealed = await deps.directory.sealedDocumentOf(identifier);
      if (sealed === null) throw new AppError('certificate-unknown');
      return { document: sealed.document, seal: { ...sealed.seal } };
    },
  });
