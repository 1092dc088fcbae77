import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as client from 'openid-client';
import { agentKeysPath, agentPingPath, clerkKeysPath } from '../../config/demo/clerk-routes.tsx';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { demoAgent, demoClerk } from '../../config/demo/sites.ts';
import { EmbeddedCollection } from '../../src/storage/embedded/collection.ts';
import { createBrowser } from '../support/browser-fetch.ts';
import {
  type Asked,
  addVisitor,
  type CounterHall,
  type CounterVisitor,
  openCounterHall,
} from '../support/counter.ts';
import type { FrozenInstance } from '../support/oidc-frozen.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

const nobodysNumber = '11010519491231002X';

let hall: CounterHall;
let instance: FrozenInstance;
let person: CounterVisitor;
let people = 0;

beforeAll(async () => {
  hall = await openCounterHall();
  instance = hall.instance;
}, 30_000);
afterAll(() => hall?.close());
beforeEach(async () => {
  person = await addVisitor(instance, people++);
});

describe('a clerk who asks a person', () => {
  test('is answered once the person has compared and used a passkey; the counter knows who', async () => {
    const asked = await hall.askByHint(await person.matchCode());
    expect(asked).toMatchObject({ interval: 5, expires_in: 300 });
    await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    const home = await person.phone.get(new URL('/my', instance.issuer));
    expect(home.text).toContain('窗口请求（1 项等您答复）');
    const page = await person.openRequest();
    for (const words of ['蓝鲸 42', '大厅 3 号窗口', 'SYN-007', '政务服务窗口', '姓名'])
      expect(page.text).toContain(words);
    expect((await person.approve(page)).text).toContain('已确认');
    const tokens = await client.pollBackchannelAuthenticationGrant(hall.counter, { ...asked, interval: 0 });
    expect(tokens.claims()).toMatchObject({ acr: 'urn:yihao:loa:2', amr: ['hwk', 'user', 'mfa'] });
    const info = await client.fetchUserInfo(hall.counter, tokens.access_token, tokens.claims()?.sub ?? '');
    expect(info.name).toBe(person.name);
    expect((await person.phone.get(new URL('/my/uses', instance.issuer))).text).toContain('政务服务窗口');
    await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('names the person by the number on the card, in a signed request only; the number is kept nowhere', async () => {
    const { ephemeral } = instance.app.house.storage;
    const put = jest.spyOn(ephemeral, 'put');
    const asked = await hall.askByNumber(person.number);
    expect(JSON.stringify(put.mock.calls)).not.toContain(person.number);
    put.mockRestore();
    await person.approve(await person.openRequest());
    await expect(hall.poll(asked)).resolves.toHaveProperty('access_token');
    await expect(hall.askByHint(`id_number:${person.number}`)).rejects.toMatchObject({
      error: 'invalid_request',
    });
  });

  test('learns nothing from the answer about whether somebody has an account', async () => {
    const [known, unknown] = [await hall.askByNumber(person.number), await hall.askByNumber(nobodysNumber)];
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    expect(unknown.auth_req_id).toHaveLength(known.auth_req_id.length);
    for (const asked of [known, unknown])
      await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    instance.clock.advance(301);
    const later = Date.now() + 301_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    try {
      for (const asked of [known, unknown])
        await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'expired_token' });
    } finally {
      clock.mockRestore();
    }
  });

  test('is refused, and told the same, by “do not agree” and by “not me”', async () => {
    for (const why of ['refused', 'not-me']) {
      const asked = await hall.askByHint(await person.matchCode());
      const page = await person.openRequest();
      expect((await person.phone.submit(page, { why }, '/refuse')).text).toContain('窗口没有得到任何信息');
      await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'access_denied' });
    }
  });

  test('finds nobody by a code that was used, is over two minutes old, or was made up', async () => {
    const used = await person.matchCode();
    await hall.askByHint(used);
    const old = await person.matchCode();
    instance.clock.advance(121);
    for (const code of [used, old, '0000 0000', 'somebody'])
      await expect(hall.askByHint(code)).rejects.toMatchObject({ error: 'unknown_user_id' });
  });

  test('has to say who they are, what for, and what to compare', async () => {
    for (const name of ['clerk_id', 'request_context', 'binding_message'])
      await expect(hall.askByHint('0000 0000', { [name]: '' })).rejects.toMatchObject({
        error: 'invalid_request',
      });
  });

  test('costs as many reads of the store whether somebody has the number or nobody', async () => {
    const { ephemeral } = instance.app.house.storage;
    const spies = [
      jest.spyOn(EmbeddedCollection.prototype, 'findOne'),
      jest.spyOn(EmbeddedCollection.prototype, 'find'),
      jest.spyOn(ephemeral, 'get'),
      jest.spyOn(ephemeral, 'add'),
      jest.spyOn(ephemeral, 'put'),
    ];
    const costOf = async (number: string): Promise<number[]> => {
      for (const spy of spies) spy.mockClear();
      await hall.askByNumber(number);
      return spies.map(({ mock }) => mock.calls.length);
    };
    const nobodys = demoPeople[19]?.number ?? '';
    await hall.askByNumber(nobodys);
    await hall.askByNumber(person.number);
    const [known, unknown] = [await costOf(person.number), await costOf(nobodys)];
    for (const spy of spies) spy.mockRestore();
    expect(unknown).toEqual(known);
    expect(known[0]).toBeGreaterThan(0);
  });

  test('cannot flood a person, nor tell by it whether there is one', async () => {
    for (const number of [person.number, nobodysNumber]) {
      for (let times = 0; times < 5; times += 1) await hall.askByNumber(number);
      await expect(hall.askByNumber(number)).rejects.toMatchObject({ error: 'access_denied' });
    }
  });
});

describe('the counter of the demo, and its village agent', () => {
  test('ask by what the person reads out, and say who confirmed; the agent is told', async () => {
    const { privateJwk } = hall;
    const clerk = { clientId: 'demo-clerk', privateJwk };
    const agent = { clientId: 'demo-village-agent', privateJwk };
    const options = { issuer: instance.issuer, port: 0, host: 'localhost', clerk, agent } as const;
    const counter = await startDemoCounter({ ...options, clientId: 'demo-counter', privateJwk });
    const { sites } = instance.app.house;
    await sites.save(demoClerk(counter.url, clerkKeysPath), 'test');
    await sites.save(demoAgent(counter.url, { keys: agentKeysPath, ping: agentPingPath }), 'test');
    const screen = createBrowser();
    for (const [path, about] of [
      ['/ask', '不动产转移登记'],
      ['/village', '养老保险待遇资格认证'],
    ] as const) {
      const look = () => screen.get(`${counter.url}${path}`);
      const ask = async (who: string) => screen.submit(await look(), { who });
      expect((await ask('0000 0000')).text).toContain('匹配码不对');
      const waiting = await ask(await person.matchCode());
      const [, binding = ''] = /核对码是 (\S+ \d\d)/.exec(waiting.text) ?? [];
      const page = await person.openRequest(about);
      expect(page.text).toContain(binding);
      const stranger = { method: 'POST', headers: { authorization: 'Bearer made-up' } };
      expect((await fetch(`${counter.url}${agentPingPath}`, stranger)).status).toBe(401);
      await person.approve(page);
      await instance.app.counterPings.sendDue(instance.app.provider.current);
      expect((await look()).text).toContain(`本人已确认：${person.name}`);
    }
    await counter.close();
  });
});

describe('an answer', () => {
  test('is taken once, from the person asked, and names clerk and person in the audit', async () => {
    const asked = await hall.askByHint(await person.matchCode());
    const page = await person.openRequest();
    const stranger = createBrowser();
    const neighbour = await instance.addPerson(people++);
    await signInAtPortal(stranger, instance.issuer, neighbour.number);
    expect((await stranger.get(page.url)).status).toBe(410);
    await person.approve(page);
    expect((await person.phone.submit(page, { why: 'refused' }, '/refuse')).status).toBe(410);
    await expect(hall.poll(asked, hall.other)).rejects.toMatchObject({ error: 'invalid_grant' });
    await instance.app.house.audit.relay.runOnce();
    const { entries } = await instance.app.house.audit.searchEntries({
      type: 'counter.approved',
      actor: person.accountId,
    });
    expect(entries).toEqual([
      expect.objectContaining({
        event: expect.objectContaining({
          detail: expect.objectContaining({ clientId: 'counter-3', clerkId: 'SYN-007' }),
        }),
      }),
    ]);
  });

  test('without a passkey is none, and can be given again', async () => {
    const asked = await hall.askByHint(await person.matchCode());
    const again = await person.phone.submit(await person.openRequest(), { response: '' });
    expect([again.status, again.text]).toEqual([400, expect.stringContaining('没有收到人脸')]);
    await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    expect((await person.approve(again)).text).toContain('已确认');
  });

  test('is waited for no more often than told', async () => {
    const asked = await hall.askByHint(await person.matchCode());
    await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    await expect(hall.poll(asked)).rejects.toMatchObject({ error: 'slow_down' });
  });
});

describe('a counter in ping mode', () => {
  const token = 'a-token-of-the-counter-s-own';
  const ask = async (): Promise<Asked> =>
    hall.askByHint(await person.matchCode(), { client_notification_token: token }, hall.pinged);
  const settle = () => instance.app.counterPings.sendDue(instance.app.provider.current);

  beforeEach(() => {
    hall.answerPings(204);
    hall.pings.length = 0;
  });

  test('is told once that there is an answer, yes or no, and nothing about the person', async () => {
    const agreed = await ask();
    await person.approve(await person.openRequest());
    await settle();
    const refused = await ask();
    await person.phone.submit(await person.openRequest(), { why: 'refused' }, '/refuse');
    await settle();
    instance.clock.advance(60);
    expect(await settle()).toBe(0);
    expect(hall.pings).toEqual(
      [agreed, refused].map(({ auth_req_id }) => ({
        authorization: `Bearer ${token}`,
        body: JSON.stringify({ auth_req_id }),
      })),
    );
    await expect(hall.poll(agreed, hall.other)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(hall.poll(agreed, hall.pinged)).resolves.toHaveProperty('access_token');
    await expect(hall.poll(refused, hall.pinged)).rejects.toMatchObject({ error: 'access_denied' });
  });

  test('that is down is told when it is up again, and the person waits for neither', async () => {
    hall.answerPings(null);
    await ask();
    expect((await person.approve(await person.openRequest())).text).toContain('已确认');
    await settle();
    instance.clock.advance(5);
    hall.answerPings(503);
    await settle();
    instance.clock.advance(9);
    expect([await settle(), hall.pings.length]).toEqual([0, 2]);
    instance.clock.advance(1);
    hall.answerPings(204);
    expect([await settle(), hall.pings.length]).toEqual([1, 3]);
    instance.clock.advance(60);
    expect([await settle(), hall.pings.length]).toEqual([0, 3]);
  });

  test('that does not know the token, or asked by itself, is not told again', async () => {
    hall.answerPings(401);
    await ask();
    await person.approve(await person.openRequest());
    await settle();
    hall.answerPings(503);
    const polled = await ask();
    await expect(hall.poll(polled, hall.pinged)).rejects.toMatchObject({ error: 'authorization_pending' });
    await person.approve(await person.openRequest());
    await settle();
    await expect(hall.poll(polled, hall.pinged)).resolves.toHaveProperty('access_token');
    instance.clock.advance(60);
    await settle();
    expect(hall.pings).toHaveLength(2);
  });

  test('is told by the next process when one dies before it could', async () => {
    const { prototype } = instance.app.provider.current.Client as unknown as {
      prototype: { backchannelPing(): Promise<void> };
    };
    const dying = jest.spyOn(prototype, 'backchannelPing').mockResolvedValue();
    await ask();
    await person.approve(await person.openRequest());
    dying.mockRestore();
    instance.clock.advance(15);
    expect([await settle(), hall.pings.length]).toEqual([1, 1]);
  });

  test('has to name a token to be told with', async () => {
    for (const client_notification_token of ['', 'not a bearer token'])
      await expect(
        hall.askByHint(await person.matchCode(), { client_notification_token }, hall.pinged),
      ).rejects.toMatchObject({ error: 'invalid_request' });
  });
});
