import { describe, expect, test } from '@jest/globals';
import { canonicalBytes, type JsonObject } from '../../src/crypto/index.ts';

const written = (document: JsonObject): string => canonicalBytes(document).toString('utf8');

/** Hands in what the type forbids, as a careless caller or a parser would. */
const hostile = (document: object): JsonObject => document as unknown as JsonObject;

/** Puts a value under so many members. */
const nested = (levels: number): JsonObject => {
  let document: JsonObject = {};
  for (let i = 0; i < levels; i += 1) document = { a: document };
  return document;
};

describe('the canonical form of a document', () => {
  test('is that of the example of RFC 8785 section 3.2.2', () => {
    const source = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(written(JSON.parse(source))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('orders members by UTF-16 units as in the example of section 3.2.3, whatever order they came in', () => {
    const document = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(written(document)))).toHaveLength(7);
    expect(written(document)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
    expect(written(Object.fromEntries(Object.entries(document).reverse()))).toBe(written(document));
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number of bits %s as appendix B does: %s', (bits, text) => {
    expect(written({ n: Buffer.from(bits, 'hex').readDoubleBE(0) })).toBe(`{"n":${text}}`);
  });

  test('keeps Chinese characters, also those of two units, as they are', () => {
    expect(canonicalBytes({ 姓名: '林𠮷安' })).toEqual(Buffer.from('{"姓名":"林𠮷安"}', 'utf8'));
  });

  test.each([
    ['a lone high surrogate', hostile({ 姓名: 'a\ud842' }), '/姓名'],
    ['a lone low surrogate', hostile({ list: ['x', '\udc00'] }), '/list/1'],
    ['a lone surrogate in a name', hostile({ a: { '\ud800': 1 } }), '/a'],
    ['no number', hostile({ a: { b: Number.NaN } }), '/a/b'],
    ['an infinite number', hostile({ n: Number.NEGATIVE_INFINITY }), '/n'],
    ['a member without a value', hostile({ n: undefined }), '/n'],
    ['nothing in a list', hostile({ list: [1, undefined] }), '/list/1'],
    ['a hole in a list', hostile({ list: new Array(2) }), '/list/0'],
    ['a big integer', hostile({ n: 1n }), '/n'],
    ['a symbol', hostile({ n: Symbol('x') }), '/n'],
    ['a date', hostile({ at: new Date(0) }), '/at'],
    ['what turns itself into another text', hostile({ a: { toJSON: () => 'b' } }), '/a'],
    ['a map', hostile({ a: new Map([['b', 1]]) }), '/a'],
    ['a list in place of the document', hostile([]), '/'],
  ])('does not exist for %s, and the refusal names the place', (_what, document, place) => {
    expect(() => canonicalBytes(document)).toThrow(
      expect.objectContaining({ code: 'document-not-sealable', values: { place } }),
    );
  });

  test('exists for 64 levels and not for more, nor for a document that holds itself', () => {
    expect(written(nested(64))).toBe(`${'{"a":'.repeat(64)}{}${'}'.repeat(64)}`);
    expect(() => canonicalBytes(nested(65))).toThrow(
      expect.objectContaining({ code: 'document-not-sealable' }),
    );
    const circular: JsonObject = {};
    circular['self'] = circular;
    expect(() => canonicalBytes(circular)).toThrow(
      expect.objectContaining({ code: 'document-not-sealable' }),
    );
  });
});
