import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AddressRefused, createAddressGuard } from '../../src/base/address-guard.ts';

const server = createServer((_request, response) => response.end('here'));
let url: URL;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/`);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (guard: ReturnType<typeof createAddressGuard>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, guard(url), (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      .end();
  });

test('a name that leads to a private network is refused, even while a call that may go there keeps it open', async () => {
  expect(await call(createAddressGuard(['localhost']))).toBe(200);
  await expect(call(createAddressGuard([]))).rejects.toThrow(AddressRefused);
});
