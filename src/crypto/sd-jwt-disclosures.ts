import { AppError } from '../base/error.ts';
import { isBase64url } from './credential-jwt.ts';
import { sdHasher } from './sd-jwt.ts';

/** A disclosure as read: of a member by its name, or of an element of a list. */
interface Disclosure {
  name: string | null;
  value: unknown;
}

type Digests = Map<string, Disclosure>;

/** What must stand in the clear, so that nobody chooses whether it is seen (SD-JWT VC, from memory). */
const neverConcealed = ['iss', 'iat', 'nbf', 'exp', 'cnf', 'vct', 'status', 'aud', '_sd_alg'];
const unspeakable = ['_sd', '...', '__proto__'];
const mostDisclosures = 500;
const deepest = 32;

/**
 * Refuses what the library lets pass: a disclosure that nothing refers to, a digest that stands twice, a name that is
 * there already, a disclosure of the wrong kind in its place, and a hash other than SHA-256. Throws credential-malformed.
 */
export function checkDisclosures(payload: Record<string, unknown>, texts: readonly string[]): void {
  const { _sd_alg: hash = 'sha-256', ...claims } = payload;
  if (hash !== 'sha-256' || texts.length > mostDisclosures) throw new AppError('credential-malformed');
  const disclosures: Digests = new Map(texts.map((text) => [digestOf(text), read(text)]));
  const seen = new Set<string>();
  walk(claims, { disclosures, seen, depth: 0 });
  const isEachNeeded = disclosures.size === texts.length && [...disclosures.keys()].every((d) => seen.has(d));
  if (!isEachNeeded) throw new AppError('credential-malformed');
}

const digestOf = (text: string): string => Buffer.from(sdHasher(text)).toString('base64url');

function read(text: string): Disclosure {
  const parts = isBase64url(text) ? parsed(text) : null;
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') throw new AppError('credential-malformed');
  if (parts.length === 2) return { name: null, value: parts[1] };
  const [, name, value] = parts;
  if (parts.length !== 3 || typeof name !== 'string' || name === '' || unspeakable.includes(name))
    throw new AppError('credential-malformed');
  return { name, value };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

interface Walk {
  disclosures: Digests;
  /** Every digest met so far, of a disclosure that is here or of one that was held back. */
  seen: Set<string>;
  depth: number;
}

/** Follows the digests from the payload into the disclosures and on into what those hold. */
function walk(value: unknown, at: Walk): void {
  if (typeof value !== 'object' || value === null) return;
  if (at.depth > deepest) throw new AppError('credential-malformed');
  const inner = { ...at, depth: at.depth + 1 };
  if (Array.isArray(value)) for (const element of value) walkElement(element, inner);
  else walkMembers(value as Record<string, unknown>, inner);
}

function walkElement(element: unknown, at: Walk): void {
  if (typeof element !== 'object' || element === null || !Object.hasOwn(element, '...')) {
    walk(element, at);
    return;
  }
  const disclosure = take((element as Record<string, unknown>)['...'], at);
  if (Object.keys(element).length !== 1 || (disclosure !== null && disclosure.name !== null))
    throw new AppError('credential-malformed');
  walk(disclosure?.value, at);
}

function walkMembers(members: Record<string, unknown>, at: Walk): void {
  const { _sd: digests = [], ...plain } = members;
  if (!Array.isArray(digests) || Object.hasOwn(plain, '...')) throw new AppError('credential-malformed');
  const names = new Set(Object.keys(plain));
  // The payload itself is one step down.
  const forbidden = at.depth === 1 ? neverConcealed : [];
  for (const digest of digests) {
    const disclosure = take(digest, at);
    if (disclosure === null) continue;
    const { name, value } = disclosure;
    if (name === null || names.has(name) || forbidden.includes(name))
      throw new AppError('credential-malformed');
    names.add(name);
    walk(value, at);
  }
  for (const value of Object.values(plain)) walk(value, at);
}

/** Takes the disclosure of a digest, which stands nowhere else; null when it was held back. */
function take(digest: unknown, { disclosures, seen }: Walk): Disclosure | null {
  if (typeof digest !== 'string' || seen.has(digest)) throw new AppError('credential-malformed');
  seen.add(digest);
  return disclosures.get(digest) ?? null;
}
