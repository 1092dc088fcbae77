import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { thumbprintOf } from '../../src/crypto/index.ts';
import type { House } from '../../src/house.ts';
import type { AgreementContent } from '../../src/recognition/index.ts';
import { shanghaiDateOf } from '../../src/terms/calendar-date.ts';
import { types } from '../support/certificates.ts';
import { authorities } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { contentOf, day, partyOf } from './regions.ts';

/** What stands between two regions, and what it does with questions about certificates. */
export interface Between {
  url: string;
  /** Every call that came, by its path. */
  calls: string[];
  /** The body of the last question, and the answer it got. */
  last: { question: string; answer: string };
  /** How a question is dealt with; `pass` hands it on. */
  mode: 'pass' | 'down' | 'silent' | ((answer: string) => string);
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Starts a server that hands on to the second region, or not. */
export async function startBetween(): Promise<Between> {
  let listener: RequestListener = () => undefined;
  const between: Between = {
    url: '',
    calls: [],
    last: { question: '', answer: '' },
    mode: 'pass',
    serve(next) {
      listener = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    between.calls.push(request.url ?? '');
    if (request.url !== '/peer/certificates') return listener(request, response);
    if (between.mode === 'silent') return;
    if (between.mode === 'down') return void request.socket.destroy();
    watch(between, request, response);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  between.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return between;
}

/** Keeps what passes, and lets the test alter the answer. */
function watch(between: Between, request: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  response.end = ((body: unknown) => {
    const answer = String(body);
    between.last = { question: Buffer.concat(parts).toString(), answer };
    const altered = typeof between.mode === 'function' ? between.mode(answer) : answer;
    response.setHeader('content-length', Buffer.byteLength(altered));
    return end(altered);
  }) as typeof response.end;
}

/** A clock that can be set apart from the machine's. */
export interface ShiftedClock extends Clock {
  aheadSeconds: number;
}

const shiftedClock = (): ShiftedClock => ({
  aheadSeconds: 0,
  now() {
    return new Date(systemClock.now().getTime() + this.aheadSeconds * 1000);
  },
});

/** Two regions on real sockets: departments of the first ask about certificates of the second. */
export interface TwoHouses {
  a: Instance & { house: House; clock: ShiftedClock };
  b: Instance & { house: House };
  between: Between;
  close(): Promise<void>;
}

export const regionCodes = { a: '990100', b: '999900' };

/** Starts both, introduces them, and brings an agreement into force. */
export async function openTwoHouses(): Promise<TwoHouses & { agreementId: string }> {
  const between = await startBetween();
  const clock = shiftedClock();
  const region = (code: string) => ({ YIHAO_REGION_CODE: code, YIHAO_REGION_NAME: `示例市${code}` });
  const one = await startInstance(region(regionCodes.a), undefined, clock);
  const other = await startInstance({ ...region(regionCodes.b), YIHAO_ISSUER: between.url });
  between.serve(other.app.listener);
  const a = { ...one, house: one.app.house, clock };
  const b = { ...other, house: other.app.house };
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const)
    await introduce(here.house, there.issuer);
  const agreementId = await agree(a, b);
  const close = async (): Promise<void> => {
    await between.close();
    await Promise.all([one.stop(), other.stop()]);
  };
  return { a, b, between, agreementId, close };
}

async function introduce({ recognition, peerLink }: House, issuer: string): Promise<void> {
  const said = await peerLink.describeRegion(issuer);
  await recognition.addPeer({ ...said, actor: 'o1' });
  const thumbprint = thumbprintOf(said.agreementKey);
  for (const actor of ['o1', 'o2']) await recognition.comparePeer({ entityId: issuer, thumbprint, actor });
}

/** The type the first region takes a driving licence for. */
export const takenFor = `${authorities.registry}009`;
/** The item by law, the one that takes the person's consent, and the one that hardly anybody may ask for. */
export const items = { byLaw: 'T-1', byConsent: 'T-2', rare: 'T-3' };

const rule = {
  ...{ from: regionCodes.b, to: regionCodes.a, type: types.drivingLicence, as: takenFor },
  fields: ['number', 'sex', 'vehicleClass', 'remarks'],
  fieldMap: { vehicleClass: 'licenceClass' },
  trustMap: { A: 'B' } as const,
  purposes: [items.byLaw],
  minimumLevel: 'urn:yihao:loa:2',
  consent: 'statutory' as 'statutory' | 'explicit',
  channels: ['gateway', 'presentation'] as ('gateway' | 'presentation')[],
  ...{ maximumStatusAgeSeconds: 60, retentionDays: 30, requestsPerMinute: 100 },
};

async function agree(a: TwoHouses['a'], b: TwoHouses['b']): Promise<string> {
  const now = systemClock.now();
  const inDays = (days: number) => day(shanghaiDateOf(new Date(now.getTime() + days * 86_400_000)));
  const partyFor = async ({ issuer, house }: { issuer: string; house: House }, code: string) =>
    partyOf(issuer, code, (await house.crypto.agreementKeys.load()).current);
  const parties = await Promise.all([partyFor(a, regionCodes.a), partyFor(b, regionCodes.b)]);
  const content = {
    ...contentOf(parties),
    ...{ validFrom: inDays(0), validUntil: inDays(300), reviewBy: inDays(200) },
    rules: {
      signIn: [],
      certificates: [
        rule,
        { ...rule, purposes: [items.byConsent], consent: 'explicit', channels: ['gateway'] },
        { ...rule, type: types.identityCard, purposes: [items.rare], requestsPerMinute: 1 },
      ],
    },
  } as AgreementContent;
  const { digest, ...place } = await a.house.recognition.draftAgreement({
    content,
    after: null,
    actor: 'o1',
  });
  await a.house.recognition.proposeAgreement({ ...place, digestSeen: digest, actor: 'o2' });
  await a.house.peerLink.runOnce();
  await b.house.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'o3' });
  await b.house.peerLink.runOnce();
  await a.house.peerLink.runOnce();
  await b.house.peerLink.runOnce();
  return place.agreementId;
}
