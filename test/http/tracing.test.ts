import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTracing, type Tracing } from '../../src/open-tracing.ts';
import { createPeerCall } from '../../src/recognition/index.ts';
import { type Instance, startInstance } from '../support/instance.ts';

/** A span as a collector receives it. */
interface Span {
  traceId: string;
  spanId: string;
  name: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

let instance: Instance;
let tracing: Tracing | null;
let collector: Server;
const bodies: string[] = [];
const heard: (string | undefined)[] = [];

/** Takes traces at one address and answers as a region would at every other. */
const startCollector = async (): Promise<string> => {
  collector = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    if (request.url === '/v1/traces') bodies.push(body);
    else heard.push(request.headers['traceparent'] as string | undefined);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, 'localhost', resolve));
  return `http://localhost:${(collector.address() as AddressInfo).port}`;
};

const spansOf = (): Span[] =>
  bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  });

let origin: string;

beforeAll(async () => {
  origin = await startCollector();
  tracing = await openTracing({
    otlp: { endpoint: origin, samplePercent: 100 },
    region: { code: '990000', name: '示例省' },
  });
  instance = await startInstance();
});
afterAll(async () => {
  await tracing?.stop();
  await instance?.stop();
  collector?.close();
});

test('a collector receives route, method and status of requests, and nothing of who made them', async () => {
  const secret = '199999900000000015';
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const ask = (path: string, headers = {}) =>
    fetch(new URL(path, instance.issuer), { redirect: 'manual', headers });
  await ask(`/developer/sites/${secret}?q=${secret}`, { traceparent, cookie: `a=${secret}` });
  await ask('/healthz');
  await ask('/api/openapi.json', { traceparent });
  await createPeerCall({ privateHosts: ['localhost'] })(`${origin}/.well-known/${secret}`);
  await tracing?.stop();
  tracing = null;

  const shown = spansOf().map(({ name, attributes }) => [
    name,
    ...attributes.map(({ value }) => value.stringValue ?? value.intValue),
  ]);
  expect(shown).toEqual([
    ['GET /developer/sites/:id', 'GET', '/developer/sites/:id', 302],
    ['GET /api/openapi.json', 'GET', '/api/openapi.json', 200],
    ['ask a region', new URL(origin).host],
  ]);
  expect(bodies.join()).not.toContain(secret);
  const [page, api, call] = spansOf();
  // A server's trace goes on here, a browser's does not; and ours goes on at the region that was asked.
  expect([api?.traceId, page?.traceId === api?.traceId]).toEqual(['a'.repeat(32), false]);
  expect(heard).toEqual([`00-${call?.traceId}-${call?.spanId}-01`]);
});
