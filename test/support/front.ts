import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address that stays while the instance behind it comes and goes, and that can lose answers. */
export interface Front {
  issuer: string;
  /** Who answers. */
  listener: RequestListener;
  /** How many requests came for a path. */
  count(path: string): number;
  /** The request after so many more of a path is carried out, and its answer is lost. */
  loseAnswer(path: string, after: number): void;
  /** Nobody listens any more. */
  close(): Promise<void>;
  open(): Promise<void>;
}

/** Opens a front on a free port of localhost; cookies of another host do not mix with its own. */
export async function openFront(host = 'localhost'): Promise<Front> {
  const counts = new Map<string, number>();
  let losing: { path: string; at: number } | null = null;
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (losing?.path === path && losing.at === count) {
      losing = null;
      // The body was written by then: what stands at the other side stands.
      response.end = () => response.destroy();
    }
    front.listener(request, response);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, host, () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const front: Front = {
    issuer: `http://${host}:${port}`,
    listener: (_request, response) => response.writeHead(503).end(),
    count: (path) => counts.get(path) ?? 0,
    loseAnswer: (path, after) => {
      losing = { path, at: (counts.get(path) ?? 0) + after + 1 };
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    open: () => listen(port),
  };
  return front;
}
