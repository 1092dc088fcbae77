import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Clock, systemClock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import {
  type Agreement,
  type AgreementContent,
  type AgreementPlace,
  isConfirmationOverdue,
  isFresh,
  stateOf,
} from '../recognition/index.ts';
import { parseCalendarDate } from '../terms/calendar-date.ts';
import type { PeerHouse } from './peers.ts';
import { printFromHouse } from './with-house.ts';
import { joinDigests } from './words.ts';

/** What the acts here work with. */
export interface AgreementHouse extends PeerHouse {
  clock: Clock;
  issuer: string;
}

/** One act of an officer: how it is written, and what it does with the words after it. Returns what to print. */
interface Act {
  usage: string;
  run(house: AgreementHouse, given: Given): Promise<string[]>;
}

/** The words after an act. `as` is who acts and `with` the second officer; the command line cannot prove either. */
interface Given {
  target: string;
  actor: string;
  second: string | null;
  digest: string;
  reason: string;
  after: string | null;
  on: string | null;
  forCause: boolean;
}

const options = {
  as: { type: 'string' },
  with: { type: 'string' },
  digest: { type: 'string' },
  reason: { type: 'string' },
  after: { type: 'string' },
  on: { type: 'string' },
  'for-cause': { type: 'boolean' },
} as const;

/** Reads the words of an act; each `--name` in its usage outside brackets is needed. Throws an Error with the usage. */
function read(usage: string, words: readonly string[]): Given {
  const wrong = new Error(`usage: yihao agreements ${usage}`);
  try {
    const { values, positionals } = parseArgs({ args: joinDigests(words), options, allowPositionals: true });
    const needed = usage.replace(/\[[^\]]*\]/g, '').match(/--[\w-]+/g) ?? [];
    const isWhole = needed.every((name) => values[name.slice(2) as keyof typeof options] !== undefined);
    const [target, more] = positionals;
    if (!isWhole || target === undefined || more !== undefined) throw wrong;
    return {
      target,
      actor: `command-line:${values.as}`,
      second: values.with === undefined ? null : `command-line:${values.with}`,
      digest: values.digest ?? '',
      reason: values.reason ?? '',
      after: values.after ?? null,
      on: values.on ?? null,
      forCause: values['for-cause'] ?? false,
    };
  } catch {
    throw wrong;
  }
}

const acts: Record<string, Act> = {
  draft: {
    usage: 'draft FILE.json --as OFFICER [--after ID]',
    async run(house, { target, after, actor }) {
      const content = await withKeys(house, target, JSON.parse(await readFile(target, 'utf8')));
      const drafted = await house.recognition.draftAgreement({ content, after, actor });
      return [`drafted ${drafted.agreementId}:${drafted.agreementVersion}`, `digest ${drafted.digest}`];
    },
  },
  propose: {
    usage: 'propose ID --digest DIGEST --as OFFICER',
    run: (house, given) => sign(house, given, 'proposeAgreement'),
  },
  countersign: {
    usage: 'countersign ID --digest DIGEST --as OFFICER',
    run: (house, given) => sign(house, given, 'countersignAgreement'),
  },
  withdraw: {
    usage: 'withdraw ID --reason REASON --as OFFICER',
    run: (house, given) => act(house, given, (done) => house.recognition.withdrawProposal(done)),
  },
  reject: {
    usage: 'reject ID --reason REASON --as OFFICER',
    run: (house, given) => act(house, given, (done) => house.recognition.rejectProposal(done)),
  },
  suspend: {
    usage: 'suspend ID --reason REASON --as OFFICER [--with OFFICER]',
    run: (house, given) =>
      act(house, given, (done) => house.recognition.suspend({ ...done, secondOfficer: given.second })),
  },
  confirm: {
    usage: 'confirm ID --as OFFICER',
    run: (house, given) => act(house, given, (done) => house.recognition.confirmSuspension(done)),
  },
  resume: {
    usage: 'resume ID --reason REASON --as OFFICER --with OFFICER',
    run: (house, given) =>
      act(house, given, (done) => house.recognition.resume({ ...done, secondOfficer: given.second ?? '' })),
  },
  terminate: {
    usage: 'terminate ID --reason REASON --as OFFICER --with OFFICER [--on DATE] [--for-cause]',
    run: (house, given) =>
      act(house, given, (done) =>
        house.recognition.terminate({
          ...done,
          secondOfficer: given.second ?? '',
          forCause: given.forCause,
          ...(given.on === null ? {} : { effectiveOn: parseCalendarDate(given.on) }),
        }),
      ),
  },
  show: {
    usage: 'show ID',
    async run(house, { target }) {
      const found = await find(house, target);
      const chains = found.progress.map(
        ({ party, phase, sequence, head, suspension }) =>
          `    ${party}  ${phase}${suspension === null ? '' : ', suspended'}, ${sequence} events, head ${head}`,
      );
      return [lineOf(house, found), ...chains, JSON.stringify(found.document, null, 2)];
    },
  },
};

/** Does one act and returns what to print. Throws an Error with the usage, and what the domain throws. */
export async function actOnAgreement(
  house: AgreementHouse,
  name: string,
  words: readonly string[],
): Promise<string[]> {
  const found = acts[name];
  if (found === undefined)
    throw new Error(`yihao agreements knows ${Object.keys(acts).join(', ')}, list, frameworks`);
  return await found.run(house, read(found.usage, words));
}

/** Does one act, or lists the agreements, on the configured storage; prints what it has to say. */
export const runAgreements = (name: string, words: readonly string[]): Promise<void> =>
  printFromHouse((house, { issuer }) => {
    const all = { ...house, issuer, clock: systemClock };
    if (name === 'frameworks') return listFrameworks(all);
    return name === 'list' ? listAgreements(all) : actOnAgreement(all, name, words);
  });

/** Lists the agreements with every region that is registered. */
export async function listAgreements(house: AgreementHouse): Promise<string[]> {
  const peers = await house.recognition.listPeers();
  const found = await Promise.all(
    peers.map(({ regionCode }) => house.recognition.listAgreements(regionCode)),
  );
  return found.flat().map((agreement) => lineOf(house, agreement));
}

/** Lists the frameworks known here, each with the members that its operator lists. */
export async function listFrameworks(house: AgreementHouse): Promise<string[]> {
  const found = await house.recognition.listFrameworks();
  return found.flatMap(({ framework, members }) => [
    lineOf(house, framework),
    ...members.map(
      ({ name, regionCode, state, accession: { agreementId, agreementVersion } }) =>
        `    ${state} ${name} ${regionCode}  ${agreementId}:${agreementVersion}`,
    ),
  ]);
}

const lineOf = ({ clock, issuer }: AgreementHouse, agreement: Agreement): string => {
  const now = clock.now();
  const { document, digest } = agreement;
  const state = stateOf(agreement, now);
  const others = document.parties.filter(({ entityId }) => entityId !== issuer);
  const isOpen = others.length > 0 && ['active', 'suspended'].includes(state);
  const notes = [
    ...(isOpen && !isFresh(agreement, now) ? ['the other side was not heard for two minutes'] : []),
    ...(isConfirmationOverdue(agreement, now) ? ['a second officer is overdue'] : []),
  ];
  const names = others.map(({ name, regionCode }) => `${name} ${regionCode}`).join(', ');
  return `${state} ${document.id}:${document.version} ${names}  digest ${digest}${notes.map((note) => `  ${note}`).join('')}`;
};

/** Reads one version, `ID:VERSION`, or the newest of an identifier. Throws agreement-missing. */
const find = async ({ recognition }: AgreementHouse, target: string): Promise<Agreement> => {
  const [id = '', version] = target.split(':');
  const versions = await recognition.findVersions(id);
  const found = versions.find(
    ({ document }) => version === undefined || String(document.version) === version,
  );
  if (found === undefined) throw new AppError('agreement-missing');
  return found;
};

const act = async (
  house: AgreementHouse,
  { target, actor, reason }: Given,
  perform: (act: AgreementPlace & { actor: string; reason: string }) => Promise<void>,
): Promise<string[]> => {
  const { document } = await find(house, target);
  await perform({ agreementId: document.id, agreementVersion: document.version, actor, reason });
  return [lineOf(house, await find(house, `${document.id}:${document.version}`))];
};

const sign = (
  house: AgreementHouse,
  given: Given,
  how: 'proposeAgreement' | 'countersignAgreement',
): Promise<string[]> =>
  act(house, given, (place) => house.recognition[how]({ ...place, digestSeen: given.digest }));

/**
 * Puts in the keys of parties where the file leaves them out: the compared ones, and our own; and of a framework that is
 * joined by its identifier alone, the newest text here and its operator. What is no draft is refused by the domain.
 */
const withKeys = async (
  { recognition, crypto, issuer }: AgreementHouse,
  file: string,
  content: AgreementContent,
): Promise<AgreementContent> => {
  if (!Array.isArray(content?.parties)) throw new Error(`${file} has no parties; see docs/agreements.md`);
  const { current } = await crypto.agreementKeys.load();
  const joined = content.kind === 'accession' ? await frameworkFor(recognition, content) : null;
  const parties = await Promise.all(
    [...content.parties, ...(joined?.operator ?? [])].map(async (party) => {
      const [pinned] = (await recognition.findPeer(party.entityId))?.keys ?? [];
      const agreementKey = party.entityId === issuer ? current : pinned;
      return { ...(agreementKey === undefined ? {} : { agreementKey }), ...party };
    }),
  );
  const framework = joined === null ? {} : { framework: joined.framework };
  return { ...content, parties, ...framework } as AgreementContent;
};

/** Finds what a file means that names a framework by its identifier alone; `operator` is empty where the file has it. */
const frameworkFor = async (
  recognition: AgreementHouse['recognition'],
  { framework: named, parties }: Extract<AgreementContent, { kind: 'accession' }>,
) => {
  const [newest] = await recognition.findVersions(named.id);
  if (newest?.document.kind !== 'framework') throw new AppError('framework-missing');
  const { document, digest } = newest;
  const operator = parties.length < 2 ? [document.parties[0]] : [];
  const isWhole = named.digest !== undefined;
  const { id, version } = document;
  return { operator, framework: isWhole ? named : { id, version, digest } };
};
