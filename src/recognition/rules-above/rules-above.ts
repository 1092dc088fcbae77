/**
 * The rules of the region above (上级规则), which regions below may only tighten. Owns the document in which a region
 * publishes them (RFC 8785 bytes under RFC 7515 signatures by its agreement key, as agreements are; the rest is a design of
 * this project), the newest version of each, and the comparison with the settings here. Owns no setting: they are
 * configuration's. Control leaves by values and AppErrors; who refuses to start by them is the command line's matter.
 */
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import {
  type AgreementKeys,
  canonicalBytes,
  digestOf,
  type SignedDocument,
  thumbprintOf,
  verifyDocument,
} from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { isVouchedOnly, type PeerRecord } from '../peer/peer.ts';
import { type Comparison, compare, looserOf, ruleSetForm, type Settings } from './rule.ts';
import { openRulesStore } from './store.ts';

const documentType = 'yihao-region-rules+jws';

const contentForm = z.strictObject({
  type: z.literal('region-rules'),
  issuer: z.string(),
  version: z.number().int().positive(),
  rules: ruleSetForm,
});
type Content = z.output<typeof contentForm>;

const documentForm = z.strictObject({
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ protected: z.string(), signature: z.string() })]),
});

export interface RulesAboveDeps {
  connection: RecordConnection;
  clock: Clock;
  keys: Pick<AgreementKeys, 'load' | 'sign'>;
  /** The issuer of this instance, and that of the region above; null: none. */
  self: string;
  above: string | null;
  settings: Settings;
  findPeer(issuer: string): Promise<PeerRecord | null>;
}

export interface RulesAbove {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  /** Signs the next version of this region's rules. Throws rules-invalid, rules-stale, and rules-looser for its own settings. */
  publish(given: { version: number; rules: unknown; actor: string }): Promise<SignedDocument>;
  /**
   * Takes in a version of the region above and returns it with the comparison. The same version again changes nothing. Throws
   * rules-nobody-above, rules-invalid, rules-untrusted, rules-stale, and rules-looser when a setting here is looser.
   */
  takeIn(document: unknown, actor: string): Promise<{ version: number; comparisons: Comparison[] }>;
  /** Holds the settings here against the rules of the region above; null when none were taken in. */
  compareOwn(): Promise<{ version: number; comparisons: Comparison[] } | null>;
  /** Refuses settings that are looser than the rules of the region above. Throws rules-looser. */
  checkOwn(): Promise<void>;
}

/** Opens the rules of the region above, and those this region publishes for regions below. */
export function createRulesAbove(deps: RulesAboveDeps): RulesAbove {
  const store = openRulesStore(deps.connection);
  const { clock, keys, self, above, settings } = deps;
  const keep = async (document: SignedDocument, event: 'published' | 'taken-in', actor: string) => {
    const { issuer, version } = contentOf(document);
    const detail = { issuer, version, digest: digestOf(document.payload) };
    const outbox = [newEvent(clock, `region-rules.${event}`, actor, detail)];
    if (await store.keep({ _id: issuer, version, document, outbox })) return;
    const kept = await store.find(issuer);
    if (kept?.version !== version || kept.document.payload !== document.payload)
      throw new AppError('rules-stale', { version, kept: kept?.version ?? 0 });
  };
  const compareOwn: RulesAbove['compareOwn'] = async () => {
    const record = above === null ? null : await store.find(above);
    if (record === null) return null;
    const { version, rules } = contentOf(record.document);
    return { version, comparisons: compare(rules, settings) };
  };
  return {
    outboxes: [store.outbox],
    ready: store.ready,
    async publish({ version, rules: given, actor }) {
      const content = parse(contentForm, { type: 'region-rules', issuer: self, version, rules: given });
      refuseLooser(compare(content.rules, settings));
      const document = await signContent(content, keys);
      await keep(document, 'published', actor);
      return document;
    },
    async takeIn(given, actor) {
      if (above === null) throw new AppError('rules-nobody-above');
      const document = parse(documentForm, given);
      const { issuer, version, rules } = contentOf(document);
      if (issuer !== above || !(await isSigned(document, await deps.findPeer(above))))
        throw new AppError('rules-untrusted', { issuer: above });
      const comparisons = compare(rules, settings);
      refuseLooser(comparisons);
      await keep(document, 'taken-in', actor);
      return { version, comparisons };
    },
    compareOwn,
    checkOwn: async () => refuseLooser((await compareOwn())?.comparisons ?? []),
  };
}

const refuseLooser = (comparisons: readonly Comparison[]): void => {
  const looser = looserOf(comparisons);
  if (looser.length > 0) throw new AppError('rules-looser', { settings: looser.join(', ') });
};

const signContent = async (content: Content, keys: RulesAboveDeps['keys']): Promise<SignedDocument> => {
  // Through JSON, which leaves out what is undefined: canonical bytes know no such value.
  const bytes = canonicalBytes(JSON.parse(JSON.stringify(content)));
  const { current } = await keys.load();
  const signature = await keys.sign(thumbprintOf(current), bytes, { typ: documentType });
  return { payload: bytes.toString('base64url'), signatures: [signature] };
};

/** By a pinned key alone, and one that officers here compared: an operator's word for a region is not enough. */
const isSigned = async (
  { payload, signatures }: SignedDocument,
  peer: PeerRecord | null,
): Promise<boolean> => {
  const [signature] = signatures;
  if (signature === undefined || peer?.state !== 'confirmed' || isVouchedOnly(peer)) return false;
  const tried = peer.keys.map((key) => verifyDocument(key, documentType, { payload, ...signature }));
  return (await Promise.all(tried)).some((header) => header !== null);
};

const contentOf = ({ payload }: SignedDocument): Content => {
  try {
    return parse(contentForm, JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('rules-invalid', { place: 'JSON' }, { cause: error });
  }
};

const parse = <T>(form: z.ZodType<T>, value: unknown): T => {
  const parsed = form.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const names = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  throw new AppError('rules-invalid', { place: [...(issue?.path ?? []), ...names].join(' ') || 'JSON' });
};
