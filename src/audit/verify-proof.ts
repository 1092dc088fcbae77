import { hashOf } from './entry.ts';
import { includes, isGrownFrom, leafHash } from './merkle.ts';
import {
  type ConsistencyProof,
  type InclusionProof,
  type PublicJwk,
  parseProof,
  parsePublicJwks,
  type SignedHead,
} from './proof.ts';
import { sealFault } from './verify-seal.ts';

/** One thing that was looked at, in words that say how it turned out. */
export interface Finding {
  holds: boolean;
  says: string;
}

/** What a proof turned out to be; it holds when every finding does. */
export interface ProofReport {
  holds: boolean;
  findings: Finding[];
}

/**
 * Verifies a proof by the public keys alone: no clock, no storage, no network. Throws audit-proof-malformed for what is
 * no proof or no JWK Set.
 */
export function verifyProof(file: unknown, publicJwks: unknown): ProofReport {
  const proof = parseProof(file);
  const keys = parsePublicJwks(publicJwks);
  const findings = proof.kind === 'inclusion' ? ofInclusion(proof, keys) : ofConsistency(proof, keys);
  return { holds: findings.every(({ holds }) => holds), findings };
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** Says how one thing turned out. */
export const finding = (holds: boolean, yes: string, no: string): Finding => ({
  holds,
  says: holds ? yes : no,
});

const ofInclusion = (proof: InclusionProof, keys: readonly PublicJwk[]): Finding[] => {
  const { entry, leafIndex, treeSize, checkpoint } = proof;
  const isPlaced = leafIndex === entry.sequence - 1 && treeSize === checkpoint.treeSize;
  const isIn = includes({
    leaf: leafHash(bytes(entry.hash)),
    leafIndex,
    treeSize,
    path: proof.path.map(bytes),
    root: bytes(checkpoint.rootHash),
  });
  return [
    finding(
      hashOf(entry) === entry.hash,
      `entry ${entry.sequence} is as it was when it was hashed`,
      `entry ${entry.sequence} was altered: its hash does not fit what it says`,
    ),
    finding(
      isPlaced && isIn,
      `it is number ${entry.sequence} of the ${checkpoint.treeSize} entries under the tree head`,
      'it is not among the entries under the tree head at that place',
    ),
    ofSeal(proof, keys),
  ];
};

const ofConsistency = ({ first, second, path }: ConsistencyProof, keys: readonly PublicJwk[]): Finding[] => {
  const treeOf = ({ checkpoint }: SignedHead) => ({
    size: checkpoint.treeSize,
    root: bytes(checkpoint.rootHash),
  });
  const isOneChain = first.checkpoint.origin === second.checkpoint.origin;
  const hasGrown = isGrownFrom({ first: treeOf(first), second: treeOf(second), path: path.map(bytes) });
  return [
    finding(
      isOneChain && hasGrown,
      `the first ${first.checkpoint.treeSize} of the ${second.checkpoint.treeSize} entries were not rewritten`,
      'the later tree head is not the earlier one with entries added: the chain was rewritten or is another',
    ),
    ofSeal(first, keys),
    ofSeal(second, keys),
  ];
};

/** Looks at the seal of a tree head. */
export const ofSeal = (
  { checkpoint, seal, keyThumbprint }: Pick<SignedHead, 'checkpoint' | 'seal' | 'keyThumbprint'>,
  keys: readonly PublicJwk[],
): Finding => {
  const { origin, treeSize, at } = checkpoint;
  const fault = keyThumbprint === seal.keyId ? sealFault(checkpoint, seal, keys) : 'altered';
  const head = `the tree head of ${treeSize} entries`;
  if (fault === null)
    return { holds: true, says: `${head} was signed by ${origin} at ${at}, key ${seal.keyId}` };
  return {
    holds: false,
    says:
      fault === 'unknown-key'
        ? `${head} names the key ${seal.keyId}, which is not among the keys given`
        : `${head} was altered, or its signature is not of the key it names`,
  };
};
