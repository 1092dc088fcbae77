import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { demoRegions } from '../../config/demo/regions.ts';
import { systemClock } from '../../src/base/clock.ts';
import { type RunningRegions, startDemoRegions, walkLines } from '../../src/commands/demo-regions.ts';
import { isFresh, stateOf } from '../../src/recognition/index.ts';
import { createBrowser } from '../support/browser-fetch.ts';
import { freePorts } from '../support/redis.ts';
import { waitUntil } from '../support/wait.ts';

/** How each city sees the agreement now; null where it is not there, or the other side was not heard of late. */
const seenBy = ({ a, b, agreement }: RunningRegions): Promise<(string | null)[]> =>
  Promise.all(
    [a, b].map(async ({ house }) => {
      const [found] = await house.recognition.findVersions(agreement.document.id);
      const now = systemClock.now();
      if (found?.digest !== agreement.digest) return null;
      const state = stateOf(found, now);
      return state !== 'active' || isFresh(found, now) ? state : null;
    }),
  );

const bothSee = (running: RunningRegions, state: string): Promise<void> =>
  waitUntil(async () => (await seenBy(running)).every((seen) => seen === state), 20);

test('two cities have an agreement that waits for a countersignature, works from then on, and outlives a start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-demo-regions-'));
  const [port] = await freePorts(5);
  const plan = demoRegions({
    YIHAO_LISTEN_PORT: String(port),
    YIHAO_DATA_FOLDER: folder,
    YIHAO_LOG_LEVEL: 'silent',
  });
  // The people are another demo's test: their passwords and faces would be most of what this one costs.
  const start = () =>
    startDemoRegions(
      plan,
      () => undefined,
      async () => undefined,
    );
  const first = await start();
  const { document, digest } = first.agreement;
  try {
    await bothSee(first, 'proposed');
    const walk = (await walkLines(plan, first)).join('\n');
    for (const said of [`--digest ${digest}`, `${first.b.issuer}/console/join/`, plan.site, plan.counter])
      expect(walk).toContain(said);
    const place = { agreementId: document.id, agreementVersion: document.version };
    await first.b.house.recognition.countersignAgreement({ ...place, digestSeen: digest, actor: 'li' });
    await bothSee(first, 'active');
    const browser = createBrowser();
    const signIn = await browser.click(await browser.get(plan.site), '登录');
    expect((await browser.click(signIn, '外地用户登录')).text).toContain(first.b.name);
    expect((await first.province.house.parentSide.listChildren()).map(({ region }) => region)).toEqual([
      first.a.code,
      first.b.code,
    ]);
  } finally {
    await first.stop();
  }
  const second = await start();
  await bothSee(second, 'active').finally(() => second.stop());
  expect(second.agreement.document.id).toBe(document.id);
  await rm(folder, { recursive: true, force: true });
}, 60_000);
