import type {
  Ends,
  Rules,
  WrittenCertificateRule,
  WrittenRules,
  WrittenSignInRule,
  WrittenTerms,
} from '../agreement/rules.ts';
import { isWithin, type LevelTable, type MappingDocument, type TypeEquivalent } from './document.ts';
import { isMapped, type MappingReference } from './reference.ts';

/** Lists what the rules of an agreement leave to mappings. */
export const referencesIn = ({ signIn, certificates }: WrittenTerms): MappingReference[] =>
  [...signIn.map(({ levelMap }) => levelMap), ...certificates.map(({ as }) => as)].flatMap((part) =>
    isMapped(part) ? [part.mapping] : [],
  );

/** Finds a mapping that is referred to; null for one that is not here, or whose text is another. */
export type FindMapping = (reference: MappingReference) => MappingDocument | null;

/**
 * Puts what mappings say into the rules that refer to them. Null when one mapping is missing or has nothing for a rule: then
 * nothing of the agreement holds, as the two sides would not mean the same by it.
 */
export function resolveRules({ signIn, certificates }: WrittenRules, find: FindMapping): Rules | null {
  const resolved = {
    signIn: signIn.map((rule) => signInUnder(rule, find)),
    certificates: certificates.map((rule) => certificateUnder(rule, find)),
  };
  const isWhole = [...resolved.signIn, ...resolved.certificates].every((rule) => rule !== null);
  return isWhole ? (resolved as Rules) : null;
}

/**
 * Puts what mappings say for two members into the terms that refer to them. Terms are for all members, so those that a
 * mapping has nothing for between these two fall out. Null when one mapping is missing.
 */
export function resolveTerms(terms: WrittenTerms, ends: Ends, find: FindMapping): Rules | null {
  if (referencesIn(terms).some((reference) => find(reference) === null)) return null;
  return {
    signIn: terms.signIn.flatMap((rule) => signInUnder({ ...rule, ...ends }, find) ?? []),
    certificates: terms.certificates.flatMap((rule) => certificateUnder({ ...rule, ...ends }, find) ?? []),
  };
}

const signInUnder = (rule: WrittenSignInRule, find: FindMapping): Rules['signIn'][number] | null => {
  const { levelMap, ...others } = rule;
  if (!isMapped(levelMap)) return { ...others, levelMap };
  const table = levelsFor(find(levelMap.mapping), rule);
  return table === null ? null : { ...others, levelMap: table.levelMap };
};

const certificateUnder = (
  rule: WrittenCertificateRule,
  find: FindMapping,
): Rules['certificates'][number] | null => {
  const { as, ...others } = rule;
  if (!isMapped(as)) return { ...others, as };
  const found = typeFor(find(as.mapping), rule);
  return found === null ? null : { ...others, as: found.as, fieldMap: found.fieldMap };
};

/** Finds the table of levels for two regions; of several the one for the narrowest regions. */
export const levelsFor = (mapping: MappingDocument | null, ends: Ends): LevelTable | null =>
  narrowest(mapping?.levels ?? [], ends);

/** Finds what a type of one region is taken for at the other, likewise. */
export const typeFor = (
  mapping: MappingDocument | null,
  { type, ...ends }: Ends & { type: string },
): TypeEquivalent | null =>
  narrowest(
    (mapping?.types ?? []).filter((one) => one.type === type),
    ends,
  );

/** Zeros at the end of a code stand for all regions within it, so of two codes around one region the greater is the narrower. */
const narrowest = <T extends Ends>(all: readonly T[], { from, to }: Ends): T | null => {
  const [first] = all
    .filter((one) => isWithin(from, one.from) && isWithin(to, one.to))
    .sort((a, b) => Number(b.from) - Number(a.from) || Number(b.to) - Number(a.to));
  return first ?? null;
};
