import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a receiver answers one call; `never` keeps it waiting. */
export type Answering = number | { status: number; body: string } | 'never' | 'slow';

/** A receiver of signals that fails to order. */
export interface Receiver {
  url: string;
  received: { body: string; headers: IncomingHttpHeaders }[];
  /** Sets the answers to the calls to come; after them it is 202. */
  answer(...answers: Answering[]): void;
  stop(): Promise<void>;
}

/** Starts a receiver on a free port of localhost. */
export async function startReceiver(): Promise<Receiver> {
  const received: Receiver['received'] = [];
  let answers: Answering[] = [];
  const server = createServer(async (request, response) => {
    const answering = answers.shift() ?? 202;
    let body = '';
    for await (const part of request) body += String(part);
    received.push({ body, headers: request.headers });
    if (answering === 'never') return;
    if (answering === 'slow') await new Promise((resolve) => setTimeout(resolve, 50));
    const [status, text] =
      typeof answering === 'object'
        ? [answering.status, answering.body]
        : [answering === 'slow' ? 202 : answering, ''];
    response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {}).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/signals`,
    received,
    answer: (...next) => {
      answers = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
