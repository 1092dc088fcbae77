import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/base/error.ts';
import type { JsonObject } from '../../src/crypto/ports.ts';
import { faceSchemaOf, readFields, tidyFields } from '../../src/directory/face-fields.ts';
import type { FieldDefinition } from '../../src/directory/index.ts';

const base = { required: true, sensitive: false, onCard: false };
const label = (zh: string, en: string) => ({ zh, en });
const fields: FieldDefinition[] = [
  { ...base, name: 'place', label: label('住址', 'Address'), kind: 'text', longest: 5 },
  { ...base, name: 'bornOn', label: label('出生日期', 'Birth'), kind: 'date', required: false },
  {
    ...base,
    name: 'seats',
    label: label('人数', 'Seats'),
    kind: 'integer',
    least: 1,
    most: 9,
    required: false,
  },
  {
    ...base,
    name: 'grade',
    label: label('等级', 'Grade'),
    kind: 'choice',
    choices: [{ value: '一级', label: label('一级', 'first') }],
    required: false,
  },
  {
    ...base,
    name: 'members',
    label: label('成员', 'Members'),
    kind: 'rows',
    most: 2,
    required: false,
    columns: [{ ...base, name: 'name', label: label('姓名', 'Name'), kind: 'text', longest: 3 }],
  },
];
const read = (given: JsonObject) => readFields({ fields }, tidyFields(given));
const refusal = (given: JsonObject): AppError => {
  try {
    read(given);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('nothing was refused');
};

describe('face fields', () => {
  test('are read composed, trimmed, in order of their names and without what is empty', () => {
    const given = { seats: 2, place: ' e\u0301 ', bornOn: '', grade: null, members: [] };
    expect(JSON.stringify(read(given))).toBe('{"place":"é","seats":2}');
  });

  test('count characters and not UTF-16 units', () => {
    expect(read({ place: '林𠮷安𠮷𠮷' })).toEqual({ place: '林𠮷安𠮷𠮷' });
    expect(refusal({ place: '林𠮷安𠮷𠮷𠮷' }).code).toBe('certificate-field-invalid');
  });

  test.each<[string, JsonObject, string, string]>([
    ['a field that is missing', {}, 'certificate-field-missing', '住址'],
    ['a field of blanks', { place: '  ' }, 'certificate-field-missing', '住址'],
    ['a text too long', { place: '123456' }, 'certificate-field-invalid', '1 至 5 个字'],
    ['a text with unseen characters', { place: 'a\u202eb' }, 'certificate-field-invalid', '住址'],
    ['a number for a text', { place: 5 }, 'certificate-field-invalid', '住址'],
    ['a day that is none', { place: 'a', bornOn: '2026-02-30' }, 'certificate-field-invalid', '2026-01-31'],
    ['a number out of bounds', { place: 'a', seats: 10 }, 'certificate-field-invalid', '1 至 9'],
    ['a broken number', { place: 'a', seats: 1.5 }, 'certificate-field-invalid', '整数'],
    ['a choice there is not', { place: 'a', grade: '二级' }, 'certificate-field-invalid', '一级'],
    ['a text for rows', { place: 'a', members: 'x' }, 'certificate-field-invalid', '1 至 2 行'],
    [
      'too many rows',
      { place: 'a', members: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      'certificate-field-invalid',
      '成员',
    ],
    [
      'a column that is missing',
      { place: 'a', members: [{ name: 'a' }, {}] },
      'certificate-field-missing',
      '成员第 2 行的姓名',
    ],
    [
      'a column that is too long',
      { place: 'a', members: [{ name: 'abcd' }] },
      'certificate-field-invalid',
      '成员第 1 行的姓名',
    ],
    ['a row that is none', { place: 'a', members: ['x'] }, 'certificate-field-invalid', '成员第 1 行'],
    ['a column unknown', { place: 'a', members: [{ name: 'a', x: 1 }] }, 'certificate-field-unknown', 'name'],
    ['a field unknown', { place: 'a', x: 1 }, 'certificate-field-unknown', 'members'],
  ])('refuse %s, by label and by what is expected', (_what, given, code, told) => {
    const error = refusal(given);
    expect(error.code).toBe(code);
    expect(error.text('zh')).toContain(told);
    for (const language of ['zh', 'en'] as const) expect(error.text(language)).not.toMatch(/[{}]/);
  });

  test.each<[string, JsonObject]>([
    ['value', { place: '陈知远的住址' }],
    ['value of a choice', { place: 'a', grade: '陈知远' }],
    ['value of a column', { place: 'a', members: [{ name: '陈知远陈' }] }],
    ['name', { place: 'a', 陈知远: 1 }],
    ['name of a column', { place: 'a', members: [{ name: 'a', 陈知远: 'x' }] }],
  ])('never tell a %s that was given', (_what, given) => {
    const error = refusal(given);
    expect(
      [error.text('zh'), error.text('en'), JSON.stringify(error.values), error.stack].join(),
    ).not.toContain('陈知远');
  });

  test('nested without end are refused and do not exhaust the stack', () => {
    let nested: JsonObject = {};
    for (let i = 0; i < 50_000; i += 1) nested = { x: nested };
    expect(refusal({ place: 'a', members: [nested] }).code).toMatch(/^certificate-field-/);
  });

  test('have a schema of the same bounds', () => {
    expect(faceSchemaOf({ fields })).toMatchObject({
      required: ['place'],
      properties: {
        seats: { type: 'integer', minimum: 1, maximum: 9 },
        members: { type: 'array', minItems: 1, maxItems: 2, items: { additionalProperties: false } },
      },
    });
  });
});
