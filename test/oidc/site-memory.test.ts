import { beforeEach, describe, expect, test } from '@jest/globals';
import { rememberSites } from '../../src/oidc/site-memory.ts';
import type { Site } from '../../src/oidc/sites.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const siteNamed = (clientId: string, enabled = true): Site => ({
  clientId,
  name: { zh: '测试', en: 'Test' },
  department: '测试',
  purpose: '测试',
  homeUrl: 'https://site.example/',
  enabled,
  legalBasis: {},
  metadata: {},
});

let kept: Map<string, Site>;
let reads: string[];
let clock: ReturnType<typeof frozenClock>;
let memory: ReturnType<typeof rememberSites>;

beforeEach(() => {
  kept = new Map([['a', siteNamed('a')]]);
  reads = [];
  clock = frozenClock('2026-11-24T08:00:00Z');
  const read = async (clientId: string): Promise<Site | null> => {
    reads.push(clientId);
    return kept.get(clientId) ?? null;
  };
  memory = rememberSites(read, clock);
});

describe('a site', () => {
  test('is read once in a second', async () => {
    await memory.find('a');
    clock.advance(0.999);
    await memory.find('a');
    expect(reads).toEqual(['a']);
  });

  test('that was switched off elsewhere is so here a second later', async () => {
    await memory.find('a');
    kept.set('a', siteNamed('a', false));
    clock.advance(1);
    expect(await memory.find('a')).toMatchObject({ enabled: false });
  });

  test('that was changed here is so at once', async () => {
    await memory.find('a');
    kept.set('a', siteNamed('a', false));
    memory.forget('a');
    expect(await memory.find('a')).toMatchObject({ enabled: false });
  });

  test('that is not there is asked for each time, and found once it is', async () => {
    expect(await memory.find('b')).toBeNull();
    expect(await memory.find('b')).toBeNull();
    kept.set('b', siteNamed('b'));
    expect(await memory.find('b')).toMatchObject({ clientId: 'b' });
    expect(reads).toEqual(['b', 'b', 'b']);
  });

  test('is read again when the clock was set back', async () => {
    await memory.find('a');
    clock.advance(-3600);
    await memory.find('a');
    expect(reads).toEqual(['a', 'a']);
  });
});
