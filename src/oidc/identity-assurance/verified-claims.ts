/**
 * What a site is told of how a person was checked: `verified_claims` of OpenID Identity Assurance, read as draft 1.0
 * after its third implementer's draft. Owns how checks are put into that form and how a request's template is laid over
 * it; it does not own who may ask (claims-request) nor the checks (identity). The trust framework's name is a design of
 * this project; the names of check methods are known from memory. Control leaves by a value.
 */
import { type AssuranceLevel, acrOf } from '../../terms/assurance.ts';

/** How a person is known who is known by name and number: how surely, and by which checks that still count. */
export interface Verification {
  level: AssuranceLevel;
  checks: readonly { method: string; at: Date }[];
}

export const trustFramework = 'cn_yihao';

/** The claims that a check of the person is about; a telephone is checked otherwise and says nothing of who it is. */
export const verifiableClaims = ['name', 'birthdate', 'gender', 'id_number'] as const;
export type VerifiableClaim = (typeof verifiableClaims)[number];

/** Tells whether a claim can be told as verified. */
export const isVerifiable = (claim: string): claim is VerifiableClaim =>
  (verifiableClaims as readonly string[]).includes(claim);

interface EvidenceKind {
  type: 'document' | 'electronic_record';
  of: Record<string, unknown>;
  checkMethod: string;
}

const evidenceKinds: Readonly<Record<string, EvidenceKind>> = {
  'population-match': {
    type: 'electronic_record',
    of: { record: { type: 'population_register' } },
    checkMethod: 'data',
  },
  face: { type: 'electronic_record', of: { record: { type: 'population_register' } }, checkMethod: 'bvr' },
  counter: { type: 'document', of: { document_details: { type: 'idcard' } }, checkMethod: 'pvp' },
};

/** What discovery says of it. */
export const assuranceMetadata = {
  verified_claims_supported: true,
  trust_frameworks_supported: [trustFramework],
  evidence_supported: ['document', 'electronic_record'],
  documents_supported: ['idcard'],
  documents_check_methods_supported: ['pvp'],
  electronic_records_supported: ['population_register'],
  claims_in_verified_claims_supported: [...verifiableClaims],
};

/** What cannot be told as asked; the element it stands in is left out. */
const unmet = Symbol('unmet');

/** Tells whether something is an object with members, as JSON has them. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const secondsOf = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

const meets = (limits: Record<string, unknown>, value: unknown, now: Date): boolean => {
  const { value: only, values, max_age: longest } = limits;
  if (only !== undefined && only !== value) return false;
  if (values !== undefined && !(Array.isArray(values) && values.includes(value))) return false;
  return longest === undefined || now.getTime() - Date.parse(String(value)) <= Number(longest) * 1000;
};

const hasLimits = (asked: unknown): boolean =>
  isObject(asked) &&
  (['value', 'values', 'max_age'].some((name) => name in asked) || Object.values(asked).some(hasLimits));

/**
 * Lays a request's template over what there is: only what it names is told. Undefined is what there is not; unmet is what
 * is not as the request wants it.
 */
const lay = (asked: unknown, found: unknown, now: Date): unknown => {
  if (found === undefined) return hasLimits(asked) ? unmet : undefined;
  if (Array.isArray(found)) return layAll(Array.isArray(asked) ? asked : [asked], found, now);
  if (!isObject(asked)) return found;
  if (!isObject(found)) return meets(asked, found, now) ? found : unmet;
  // The type of an evidence is told without being asked for, as no evidence is valid without.
  const told: Record<string, unknown> = 'type' in found ? { type: found['type'] } : {};
  for (const [name, wanted] of Object.entries(asked)) {
    const laid = lay(wanted, Object.hasOwn(found, name) ? found[name] : undefined, now);
    if (laid === unmet) return unmet;
    if (laid !== undefined) told[name] = laid;
  }
  return told;
};

/** Of several templates the first that fits counts. */
const layAll = (templates: readonly unknown[], found: readonly unknown[], now: Date): unknown => {
  const told = found.flatMap((one) => {
    const fits = templates.map((template) => lay(template, one, now)).find((laid) => laid !== unmet);
    return fits === undefined ? [] : [fits];
  });
  return told.length > 0 ? told : unmet;
};

const verificationOf = ({ level, checks }: Verification): Record<string, unknown> => {
  const evidence = checks.flatMap(({ method, at }) => {
    const kind = evidenceKinds[method];
    if (kind === undefined) return [];
    return [
      {
        type: kind.type,
        ...kind.of,
        check_details: [{ check_method: kind.checkMethod, time: secondsOf(at) }],
      },
    ];
  });
  const latest = checks.map(({ at }) => at.getTime()).sort((a, b) => b - a)[0];
  return {
    trust_framework: trustFramework,
    assurance_level: acrOf(level),
    ...(latest === undefined ? {} : { time: secondsOf(new Date(latest)) }),
    ...(evidence.length === 0 ? {} : { evidence }),
  };
};

/**
 * Answers a request for verified claims from values the site may have; null when the element is to be left out. What the
 * verification is not as wanted leaves out all of it, a claim that is not leaves out itself, and nothing is an error.
 */
export function answerVerifiedClaims(
  asked: unknown,
  verification: Verification,
  values: Partial<Record<VerifiableClaim, string>>,
  now: Date,
): { verification: object; claims: Record<string, unknown> } | null {
  if (!isObject(asked) || !isObject(asked['verification']) || !isObject(asked['claims'])) return null;
  const template = { trust_framework: null, ...asked['verification'] };
  const told = lay(template, verificationOf(verification), now);
  if (!isObject(told)) return null;
  const claims = Object.fromEntries(
    Object.entries(asked['claims']).flatMap(([name, wanted]) => {
      const laid = isVerifiable(name) ? lay(wanted, values[name], now) : undefined;
      return laid === undefined || laid === unmet ? [] : [[name, laid]];
    }),
  );
  return Object.keys(claims).length === 0 ? null : { verification: told, claims };
}
