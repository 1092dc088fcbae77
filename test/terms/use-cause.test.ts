import { describe, expect, test } from '@jest/globals';
import { formatUseCause, parseSharingServiceUseCause, parseUseCause } from '../../src/terms/use-cause.ts';

const cause = {
  departmentCode: '11999999000000019M',
  departmentName: '示例市行政审批局',
  systemName: '一窗受理系统',
  materialName: '居民身份证',
  purpose: '办理个体工商户设立登记，核对经营者身份',
  category: 'service-item',
  itemCode: '999999-SL-0001',
  itemName: '个体工商户设立登记',
} as const;
const { itemCode, itemName, ...withoutItem } = cause;
const other = { ...withoutItem, category: 'other' };
const caller = { departmentCode: cause.departmentCode, departmentName: cause.departmentName };

const fieldRefused = (value: unknown): unknown => {
  try {
    parseUseCause(value);
  } catch (error) {
    const { code, values } = error as { code?: string; values?: { field?: string } };
    return code === 'use-cause-invalid' ? values?.field : error;
  }
  return undefined;
};

describe('a use cause', () => {
  test('is read whole, for a service item and for anything else', () => {
    expect(parseUseCause(cause)).toEqual(cause);
    expect(parseUseCause({ ...other, itemCode: '' })).toEqual(other);
  });

  test('is kept on one line, without the spaces around it and without fields it does not have', () => {
    expect(parseUseCause({ ...cause, purpose: ' 核对\n  身份 ', holder: 'x' })).toEqual({
      ...cause,
      purpose: '核对 身份',
    });
  });

  test('names the department as its code is stored', () => {
    expect(parseUseCause({ ...cause, departmentCode: '11999999 000000019m' }).departmentCode).toBe(
      '11999999000000019M',
    );
  });

  test.each(Object.keys(cause))('without %s is refused and the field named', (field) => {
    expect(fieldRefused({ ...cause, [field]: undefined })).toBe(field);
    expect(fieldRefused({ ...cause, [field]: ' ' })).toBe(field);
    expect(fieldRefused({ ...cause, [field]: 7 })).toBe(field);
  });

  test.each([undefined, null, '核对身份', 7, []])('that is %j and no object is refused', (value) => {
    expect(fieldRefused(value)).toBe('departmentCode');
  });

  test.each([
    ['departmentCode', '11999999000000019N'],
    ['purpose', '长'.repeat(201)],
    ['purpose', '核对\u0000身份'],
    ['purpose', '核对\u202e身份'],
    ['itemCode', '事项一'],
    ['itemCode', 'A'.repeat(65)],
    ['category', '0'],
  ])('with %s of %j is refused', (field, value) => {
    expect(fieldRefused({ ...cause, [field]: value })).toBe(field);
  });

  test('may have a purpose of 200 characters, rare ones counted as one', () => {
    expect(parseUseCause({ ...cause, purpose: '𠮷'.repeat(200) }).purpose).toHaveLength(400);
  });

  test('that is of no service item and names one all the same is refused', () => {
    expect(fieldRefused({ ...other, itemCode })).toBe('itemCode');
    expect(fieldRefused({ ...other, itemName })).toBe('itemName');
  });

  test('that is refused keeps what it held to itself', () => {
    const secret = '999999199001010016\u0000';
    expect(() => parseUseCause({ ...cause, purpose: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('9999991990') }),
    );
  });
});

describe('a use cause on the wire of a sharing service', () => {
  test('has its five fields, and the call category as a digit', () => {
    expect(formatUseCause(parseUseCause(cause))).toEqual({
      certificateSystemName: cause.systemName,
      certificateCallCategory: '0',
      certificateMatterName: cause.materialName,
      certificateEventCode: itemCode,
      certificateCopyCause: cause.purpose,
    });
    expect(formatUseCause(parseUseCause(other))).toMatchObject({
      certificateCallCategory: '1',
      certificateEventCode: '',
    });
  });

  test('comes back as it went, once the caller is known', () => {
    const there = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(formatUseCause(parseUseCause(value))));
    expect(parseSharingServiceUseCause(there(cause), { ...caller, itemName })).toEqual(cause);
    expect(parseSharingServiceUseCause(there(other), caller)).toEqual(other);
  });

  test.each([null, {}, { ...formatUseCause(parseUseCause(cause)), certificateCallCategory: '2' }])(
    'is refused when it is %j',
    (value) => {
      expect(() => parseSharingServiceUseCause(value, { ...caller, itemName })).toThrow(
        expect.objectContaining({ code: 'use-cause-invalid' }),
      );
    },
  );
});
