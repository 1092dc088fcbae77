import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../../config/root.ts';
import { impossibleTravel, type Stay } from '../../src/identity/abuse/travel.ts';
import { openPlaces } from '../../src/open-places.ts';
import { parseNetworkPlaces } from '../../src/terms/network-places.ts';
import { kilometresBetween } from '../../src/terms/place.ts';

const header = 'network,region,zh,en,latitude,longitude';
const tableOf = (...lines: string[]) => parseNetworkPlaces([header, ...lines].join('\r\n'));
const row = (network: string, name: string): string => `${network},,${name},${name},,`;

describe('a table of where networks are', () => {
  const table = tableOf(
    row('10.0.0.0/8', 'wide'),
    row('10.1.0.0/16', 'narrow'),
    row('10.1.255.0/24', 'end'),
    row('10.2.3.4/32', 'host'),
    row('2001:db8::/32', 'six'),
    row('2001:db8:0:1::/64', 'six-narrow'),
  );
  test.each([
    ['9.255.255.255', null],
    ['10.0.0.0', 'wide'],
    ['10.0.255.255', 'wide'],
    ['10.1.0.0', 'narrow'],
    ['10.1.254.255', 'narrow'],
    ['10.1.255.0', 'end'],
    ['10.1.255.255', 'end'],
    ['10.2.0.0', 'wide'],
    ['10.2.3.4', 'host'],
    ['10.2.3.5', 'wide'],
    ['10.255.255.255', 'wide'],
    ['11.0.0.0', null],
    ['::ffff:10.1.2.3', 'narrow'],
    ['::ffff:a01:203', 'narrow'],
    ['2001:DB8:0:1:ffff::', 'six-narrow'],
    ['2001:db8:0:2::', 'six'],
    ['2001:db9::', null],
    ['::', null],
    ['fe80::1%eth0', null],
    ['', null],
    ['unix', null],
  ])('finds %s by the narrowest network', (address, name) => {
    expect(table.find(address)?.en ?? null).toBe(name);
  });

  test('of the whole internet ends where addresses end', () => {
    const whole = tableOf(row('::/0', 'all'), row('255.255.255.255/32', 'last'));
    expect(whole.find('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')?.en).toBe('all');
    expect(whole.find('255.255.255.255')?.en).toBe('last');
    expect(whole.find('192.0.2.1')?.en).toBe('all');
  });

  test('takes names in quotes, with commas in them', () => {
    const quoted = tableOf('10.0.0.0/8,,"甲, 乙","A, ""B""",,', '11.0.0.0/8,,甲,"乙, A",,');
    expect(quoted.find('10.0.0.1')).toMatchObject({ zh: '甲, 乙', en: 'A, "B"' });
    expect(quoted.find('11.0.0.1')).toMatchObject({ zh: '甲', en: '乙, A' });
  });

  test('that the demo has names this computer, cities and their regions', () => {
    const demo = parseNetworkPlaces(
      readFileSync(join(projectRoot(), 'config/demo/network-places.csv'), 'utf8'),
    );
    expect(demo.find('127.0.0.1')).toEqual({ region: null, zh: '本机', en: 'this computer', position: null });
    expect(demo.find('198.51.100.7')).toMatchObject({ region: '990200', zh: '示例市乙' });
    expect(demo.named('990100')).toEqual({ region: '990100', zh: '示例市甲', en: 'Example City A' });
    expect([demo.named('110000'), demo.named('')]).toEqual([null, null]);
  });

  test.each([
    ['an address with bits past its prefix', ['# two lines', row('10.0.0.1/8', 'x')], 3, 'network'],
    ['a prefix that is too long', [row('10.0.0.0/33', 'x')], 2, 'network'],
    ['no address', [row('10.0.0/8', 'x')], 2, 'network'],
    ['a network given twice', [row('10.0.0.0/8', 'x'), '', row('::ffff:10.0.0.0/104', 'y')], 4, 'line 2'],
    ['a column too few', [row('10.0.0.0/8', 'x'), '192.0.2.0/24,,x,x,1'], 3, '6 columns'],
    ['a region that is none', ['10.0.0.0/8,12345,x,x,,'], 2, 'GB/T 2260'],
    ['a place without a name', ['10.0.0.0/8,,x,,,'], 2, 'names'],
    ['one degree of two', ['10.0.0.0/8,,x,x,10,'], 2, 'degrees'],
    ['a degree that is none', ['10.0.0.0/8,,x,x,10,181'], 2, 'degrees'],
    ['an open quote', [row('10.0.0.0/8', 'x'), '192.0.2.0/24,,"x,x,,'], 3, 'quotes'],
  ])('is refused for %s, by its line', (_what, lines, line, fault) => {
    expect(() => tableOf(...lines)).toThrow(new RegExp(`^line ${line}: .*${fault}`));
  });

  test('that cannot be read stops the start, with the way to put it right', async () => {
    await expect(openPlaces({ networkPlacesFile: '/nowhere/places.csv' })).rejects.toThrow(
      'The table of places /nowhere/places.csv cannot be read. Fix: docs/places.md',
    );
    await expect(openPlaces({ networkPlacesFile: '/dev/null' })).rejects.toThrow(
      'The table of places /dev/null is not valid: line 1: the header',
    );
  });

  test('is refused without its header', () => {
    expect(() => parseNetworkPlaces(row('10.0.0.0/8', 'x'))).toThrow(/^line 1: the header/);
  });
});

describe('travel', () => {
  const [north, south] = [
    { latitude: 40, longitude: 116 },
    { latitude: 30, longitude: 120 },
  ];
  const stay = (position: Stay['position'], minute: number): Stay => ({
    place: { region: null, zh: 'x', en: 'x' },
    position,
    at: new Date(Date.UTC(2026, 10, 24, 4, minute)),
  });

  test('is measured along a great circle, over the date line too', () => {
    expect(kilometresBetween(north, north)).toBe(0);
    expect(kilometresBetween({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(
      20_015,
      0,
    );
    expect(kilometresBetween({ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 })).toBeCloseTo(
      222.4,
      1,
    );
    expect(Math.round(kilometresBetween(north, south))).toBe(1170);
  });

  test.each([
    ['1,170 km in an hour', south, 60, { kilometres: 1170, minutes: 60 }],
    ['1,170 km in no time', south, 0, { kilometres: 1170, minutes: 0 }],
    ['1,170 km in 71 minutes, as a plane flies', south, 71, null],
    ['299 km in no time, the grain of places', { latitude: 40 - 299 / 111.195, longitude: 116 }, 0, null],
    [
      '301 km in no time',
      { latitude: 40 - 301 / 111.195, longitude: 116 },
      0,
      { kilometres: 301, minutes: 0 },
    ],
  ])('of %s is judged by distance and time', (_what, to, minutes, found) => {
    expect(impossibleTravel(stay(north, 0), stay(to, minutes))).toEqual(found);
  });
});
