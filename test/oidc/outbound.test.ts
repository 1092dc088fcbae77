import { afterEach, describe, expect, test } from '@jest/globals';
import { createOutboundFetch } from '../../src/oidc/outbound.ts';
import { type Receiver, startReceiver } from '../support/oidc-receiver.ts';
import { freePorts } from '../support/redis.ts';

let receiver: Receiver | undefined;
afterEach(async () => {
  await receiver?.stop();
  receiver = undefined;
});

const call = createOutboundFetch(['localhost']);
const answering = async (...statuses: number[]): Promise<Receiver> => {
  receiver = await startReceiver(statuses);
  return receiver;
};

describe('a call to a site', () => {
  test('keeps the guard against private addresses, and drops it for the hosts that are named', async () => {
    const guard = { of: 'the library' };
    const seen: unknown[] = [];
    const send: typeof fetch = async (_input, options) => {
      seen.push((options as { dispatcher?: unknown }).dispatcher);
      return new Response('');
    };
    const guarded = createOutboundFetch(['Intranet.example'], send);
    await guarded('https://elsewhere.example/', { dispatcher: guard } as never);
    await guarded('https://intranet.example/', { dispatcher: guard } as never);
    await guarded('https://not.intranet.example/', { dispatcher: guard } as never);
    expect(seen).toEqual([guard, undefined, guard]);
  });

  test('is not made where there is no guard, unless the host is named', async () => {
    const { url, received } = await answering();
    await expect(createOutboundFetch([])(url)).rejects.toThrow(/is not called/);
    await expect(createOutboundFetch(['127.0.0.1', 'host'])(url)).rejects.toThrow(/is not called/);
    expect(received).toEqual([]);
    expect((await call(url)).status).toBe(200);
  });

  test('that fails is tried three times in all', async () => {
    const { url, received } = await answering(503, 429, 200);
    expect((await call(url)).status).toBe(200);
    expect(received).toHaveLength(3);
  });

  test('that goes on failing ends with what the site said last', async () => {
    const { url, received } = await answering(503, 503, 502, 200);
    expect((await call(url)).status).toBe(502);
    expect(received).toHaveLength(3);
  });

  test('that is refused is not tried again', async () => {
    const { url, received } = await answering(400, 200);
    expect((await call(url)).status).toBe(400);
    expect(received).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])(
    'is led nowhere by a %d, whatever it was asked with',
    async (status) => {
      const { url, received } = await answering(status, 200);
      expect((await call(`${url}/first`, { redirect: 'follow' })).status).toBe(status);
      expect(received.map(({ path }) => path)).toEqual(['/first']);
    },
  );

  test('carries the method, the headers and the body it was given, each time', async () => {
    const { url, received } = await answering(500, 200);
    await call(`${url}/notice`, { method: 'POST', body: new URLSearchParams({ logout_token: 'signed' }) });
    expect(received.map(({ path, body }) => `${path} ${body}`)).toEqual([
      '/notice logout_token=signed',
      '/notice logout_token=signed',
    ]);
  });

  test('to a site that is not there says so after its tries', async () => {
    const [port = 0] = await freePorts(1);
    await expect(call(`http://localhost:${port}/`)).rejects.toThrow();
  });
});
