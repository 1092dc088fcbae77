import { describe, expect, test } from '@jest/globals';
import { checkRow } from '../../../src/directory/importing/check-row.ts';
import { readHeader } from '../../../src/directory/importing/csv-header.ts';
import { readCells, readCsvRow } from '../../../src/directory/importing/csv-row.ts';
import { type Fault, faultsOf } from '../../../src/directory/importing/fault.ts';
import { readJsonRow } from '../../../src/directory/importing/json-row.ts';
import { catalogueSeed } from '../../../src/directory/index.ts';
import { frozenClock } from '../../support/frozen-clock.ts';
import { idCard, marriage, typeCodes } from '../directory-house.ts';
import { marriageHeader, marriageRow } from './import-house.ts';

const clock = frozenClock();
const typeOf = async (code: string) => catalogueSeed.find((type) => type.code === code) ?? null;
const faultsIn = (step: () => unknown): string[] => {
  try {
    step();
    return [];
  } catch (error) {
    return faultsOf(error).map(({ field, code }: Fault) => `${field}: ${code}`);
  }
};

/** A line of NDJSON made of a request. */
const lineOf = (request: object, other: object = {}): string => {
  const { actor, ...row } = request as { actor: string };
  return JSON.stringify({ ...row, ...other });
};

describe('a CSV row', () => {
  const columns = readHeader(marriageHeader.split(','));

  test('says the same as its NDJSON twin', async () => {
    const { actor, ...twin } = marriage();
    const cells = marriageRow(1).split(',');
    cells[7] = twin.holders[0]?.code ?? '';
    cells[10] = twin.holders[1]?.code ?? '';
    const row = await readCsvRow(cells.join(','), columns, typeOf);
    expect(row).toEqual(twin);
    expect(readJsonRow(lineOf(marriage()))).toEqual(twin);
  });

  test('reads numbers and lists as the type has them, and leaves other texts to the type to refuse', async () => {
    const header = readHeader([
      ...marriageHeader.split(',').slice(0, 9),
      'issuedOn',
      'field.weightGrams',
      'field.lengthCentimetres',
      'field.members',
    ]);
    const read = async (code: string) => {
      const cells = ['i', 'n', '990000', code, 's', 'n', '111', 'c', 'n', '2026-11-20'];
      return (await readCsvRow(`${cells.join(',')},3200,5o,"[{""name"":""许一诺""}]"`, header, typeOf))
        .fields;
    };
    const birth = typeCodes.marriage.replace('005', '009');
    const household = typeCodes.marriage.replace('005', '002');
    expect(await read(birth)).toMatchObject({ weightGrams: 3200, lengthCentimetres: '5o' });
    expect(await read(household)).toMatchObject({ weightGrams: '3200', members: [{ name: '许一诺' }] });
  });

  test('with a quote too many, or a cell too many or too few, is refused', async () => {
    for (const text of ['a,"b', 'a,b', `${marriageRow(1)},x`, `${marriageRow(1)}"`, 'a\rb'])
      await expect(readCsvRow(text, columns, typeOf)).rejects.toMatchObject({ code: 'import-row-cells' });
    expect(readCells('"a ""b""\n,c",d\re')).toEqual(['a "b"\n,c', 'd\re']);
  });
});

describe('a header', () => {
  const refusal = (names: string[]) => {
    try {
      return readHeader(names);
    } catch (error) {
      const { code, values } = error as { code: string; values: object };
      return { code, ...values };
    }
  };
  const good = marriageHeader.split(',');

  test('with a column unknown or twice is refused by its place, not by what stands there', () => {
    expect(refusal([...good, '999999199001010016'])).toEqual({ code: 'import-header-column', column: 21 });
    expect(refusal([...good, 'serial'])).toEqual({ code: 'import-header-column', column: 21 });
    expect(refusal([...good, 'field.__proto__'])).toEqual({ code: 'import-header-column', column: 21 });
  });

  test('lacking what every row needs, or a part of a holder, is refused by what is missing', () => {
    expect(refusal(good.filter((name) => name !== 'serial' && name !== 'holder2.name'))).toEqual({
      code: 'import-header-missing',
      names: 'serial, holder2.name',
    });
  });
});

describe('an NDJSON row', () => {
  test('is refused with each part of the wrong shape, never with what stood there', () => {
    expect(faultsIn(() => readJsonRow('{"a":'))).toEqual(['null: import-row-json']);
    expect(faultsIn(() => readJsonRow('[1]'))).toEqual(['null: import-row-json']);
    const holders = [{ type: '111', code: 1, name: '陈知远' }];
    const fields = { 陈知远: { deep: [] } };
    expect(faultsIn(() => readJsonRow(lineOf(idCard(), { holders, fields, number: 5 })))).toEqual([
      'number: import-row-shape',
      'holder1.code: import-row-shape',
      'fields: import-row-shape',
    ]);
    expect(faultsIn(() => readJsonRow(lineOf(idCard(), { actor: 'me' })))).toEqual([
      'null: import-row-shape',
    ]);
  });
});

describe('a row is checked whole', () => {
  test('everything that is wrong with it is told at once, each at its place', () => {
    const row = marriage({
      issuer: { code: '11999999000000027X', name: '' },
      areaCode: '99',
      typeCode: '1',
      number: '',
      holders: [
        { type: '111', code: '999999199001010017', name: '陈知远' },
        { type: '000', code: '1', name: '林' },
        { type: '111', code: '999999200002290027', name: '' },
      ],
      dates: { issuedOn: '2026-02-30', validFrom: 'soon', validUntil: '长期' },
      trustLevel: 'E',
    });
    expect(faultsIn(() => checkRow({ ...row, photoFile: 'a.jpg', photoId: 'p' }, clock))).toEqual([
      'issuerCode: credit-code-check',
      'typeCode: certificate-type-code-invalid',
      'areaCode: region-code-invalid',
      'number: certificate-number-invalid',
      'trustLevel: trust-level-unknown',
      'issuedOn: date-invalid',
      'validFrom: date-invalid',
      'holder1.code: citizen-number-check',
      'holder2.type: holder-type-unknown',
      'holder3.name: name-invalid',
      'photo: import-row-shape',
    ]);
  });

  test('what shows of the parts together only is told once they hold', () => {
    const dates = { issuedOn: '2026-11-20', validUntil: '2026-11-19' };
    expect(faultsIn(() => checkRow(marriage({ dates }), clock))).toEqual([
      'validUntil: certificate-dates-order',
    ]);
    expect(faultsIn(() => checkRow(marriage({ serial: '999999199001010016' }), clock))).toEqual([
      'serial: certificate-serial-personal',
    ]);
    expect(faultsIn(() => checkRow(marriage({ serial: '?' }), clock))).toEqual([
      'serial: certificate-identifier-part',
    ]);
    expect(faultsIn(() => checkRow(marriage(), clock))).toEqual([]);
  });

  test('a fault that is not the row’s is thrown on', () => {
    expect(() => faultsOf(new TypeError('a bug'))).toThrow('a bug');
  });
});
