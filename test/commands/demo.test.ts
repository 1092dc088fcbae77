import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { demoConfig } from '../../config/demo/index.ts';
import { startDemo } from '../../src/commands/demo.ts';
import { freePorts } from '../support/redis.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-demo-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts the demo on its folder, asks its first site where it sends people, and stops it. */
const startOnce = async (): Promise<string[]> => {
  const lines: string[] = [];
  const [port] = await freePorts(3);
  const config = demoConfig({
    YIHAO_LISTEN_PORT: String(port),
    YIHAO_DATA_FOLDER: folder,
    YIHAO_LOG_LEVEL: 'silent',
  });
  const demo = await startDemo(config, (line) => lines.push(line));
  expect((await fetch(demo.urls.property)).status).toBe(200);
  expect((await fetch(`${demo.urls.yihao}/readyz`)).status).toBe(200);
  await demo.stop();
  return lines;
};

test('the demo starts on an empty folder, and again on what it left, at other addresses', async () => {
  await startOnce();
  const second = await startOnce();
  expect(second.join('\n')).toContain('23 of 23 people and sites');
}, 60_000);
