import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers what it is told to and remembers what it was sent. */
export interface Receiver {
  url: string;
  received: { path: string; body: string }[];
  stop(): Promise<void>;
}

/** Starts a receiver on localhost: one status an answer, then 200; a 3xx leads to `/moved` of the same server. */
export async function startReceiver(statuses: readonly number[] = []): Promise<Receiver> {
  const received: Receiver['received'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    response.statusCode = statuses[received.length] ?? 200;
    if (response.statusCode >= 300 && response.statusCode < 400) response.setHeader('location', '/moved');
    received.push({ path: request.url ?? '', body });
    response.end('answer');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
