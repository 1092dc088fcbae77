import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ErrorCode } from '../../base/error.ts';
import type { Credentials, Directory } from '../../directory/index.ts';
import type { PresentedFinding, Verifications } from '../../recognition/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import type { UseCause } from '../../terms/use-cause.ts';
import { type Caller, operation } from './operation.ts';
import { assuranceShape, gateRefusals, itemCauseOf } from './recognition-use.ts';
import { accessBy, type Ledger, useCauseShape } from './shapes.ts';

export interface PresentDeps {
  verifications: Pick<Verifications, 'requestPresentation' | 'checkPresented'>;
  credentials: Pick<Credentials, 'identifyCredential'>;
  directory: Pick<Directory, 'describe' | 'holderIndexOf'>;
  consent: Ledger;
}

/** Makes the operation by which a counter asks a wallet to present (出示请求): a nonce for it alone, for five minutes and once. */
export const requestPresentationOperation = ({ verifications }: PresentDeps) =>
  operation({
    id: 'requestWalletPresentation',
    path: '/recognition/presentation-requests',
    scope: 'recognition.verify',
    summary: { zh: '请钱包出示证照', en: 'Ask a wallet to present a certificate' },
    body: z.strictObject({}),
    answer: z.object({ nonce: z.string(), audience: z.string(), expiresAt: z.string() }),
    refusals: [],
    async run(_body, { clientId }) {
      const { expiresAt, ...request } = await verifications.requestPresentation(clientId);
      return { ...request, expiresAt: expiresAt.toISOString() };
    },
  });

const body = z.strictObject({
  nonce: z.string().min(1).max(64),
  /** The SD-JWT with what the holder chose to disclose, and the proof of the holder's key (KB-JWT) at its end. */
  presentation: z.string().min(1).max(65_536),
  assurance: assuranceShape,
  useCause: useCauseShape,
});

const answer = z.object({
  isGenuine: z.boolean(),
  /** Why it is not to be relied on, in words for the counter. */
  refusal: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  typeCode: z.string(),
  shown: z
    .object({
      issuerName: z.string(),
      trustLevel: z.enum(['A', 'B', 'C', 'D']).nullable(),
      fields: z.record(z.string(), z.unknown()),
      /** When its region said that it is valid. */
      statusAt: z.string(),
    })
    .nullable(),
  omitted: z.array(z.string()),
  region: z.object({ code: z.string(), name: z.string().nullable() }),
  agreement: z.object({ id: z.string(), version: z.int() }).nullable(),
  receiptId: z.string(),
});

/**
 * Makes the operation of a counter that takes what a wallet presents (钱包出示核验), of this region or another, by what is
 * known here. Whoever it names has the row in their ledger before the answer goes out; of a certificate of this region
 * all its holders have. What another region's discloses without a code names nobody that a ledger here could know.
 */
export const checkPresentedOperation = (deps: PresentDeps) =>
  operation({
    id: 'checkWalletPresentation',
    path: '/recognition/present',
    scope: 'recognition.verify',
    summary: { zh: '核验钱包出示的证照', en: 'Check a certificate that a wallet presents' },
    body,
    bodyLimitKb: 128,
    answer,
    refusals: [
      ...gateRefusals,
      'presented-nonce-unknown',
      'credential-issuer-unknown',
      'credential-malformed',
    ] satisfies ErrorCode[],
    async run({ nonce, presentation, assurance, useCause }, caller) {
      const cause = itemCauseOf(useCause, caller);
      const { refusal, shown, holders, ...found } = await deps.verifications.checkPresented({
        text: presentation,
        nonce,
        cause,
        level: acrOf(assurance),
        requesterId: caller.clientId,
      });
      if (shown !== null) {
        const fields = ['verdict', ...Object.keys(shown.fields)];
        const digest = createHash('sha256').update(presentation).digest('base64url');
        await recordShown(deps, caller, {
          presentation,
          holders,
          typeCode: found.typeCode,
          fields,
          cause,
          digest,
        });
      }
      return {
        ...found,
        isGenuine: shown !== null,
        refusal: refusal && { code: refusal.code, zh: refusal.text('zh'), en: refusal.text('en') },
        shown: shown && { ...shown, statusAt: shown.statusAt.toISOString() },
      };
    },
  });

interface ShownUse extends Pick<PresentedFinding, 'holders' | 'typeCode'> {
  presentation: string;
  fields: string[];
  cause: UseCause;
  /** The consent's name for ever after: showing it was the consent. */
  digest: string;
}

const recordShown = async (
  { credentials, directory, consent }: PresentDeps,
  caller: Caller,
  { presentation, holders, typeCode, fields, cause, digest }: ShownUse,
): Promise<void> => {
  // Without the proof at its end it is the credential as a file.
  const file = presentation.slice(0, presentation.lastIndexOf('~') + 1);
  const identifier = await credentials.identifyCredential(file);
  const described = identifier === null ? null : await directory.describe(identifier);
  const persons = described?.holderIndexes ?? holders.map(directory.holderIndexOf);
  for (const holderIndex of persons)
    await consent.recordAccess({
      ...accessBy(
        caller,
        { holderIndex },
        {
          what: { ...(identifier === null ? {} : { certificateIdentifier: identifier }), typeCode, fields },
          cause,
          basis: { kind: 'consent', authorisationId: `presentation-${digest}` },
          channel: 'counter',
        },
      ),
      outcome: { kind: 'granted' },
    });
};
