import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoItems } from '../../config/demo/items.ts';
import { demoPeople } from '../../config/demo/people.ts';
import { seedTypes, types } from '../support/certificates.ts';
import { type Department, startDepartment } from '../support/department.ts';
import { type Instance, startInstance } from '../support/instance.ts';

let instance: Instance;
let counter: Department;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let keys = 0;

beforeAll(async () => {
  instance = await startInstance();
  await seedTypes(instance);
  for (const item of demoItems)
    await instance.app.house.consent.saveServiceItem({ item, expectedVersion: null, actor: 'test' });
  counter = await startDepartment(instance);
  person = await instance.addPerson();
}, 30_000);
afterAll(() => instance?.stop());

const requestOf = (more: object = {}) => ({
  holder: { type: '111', code: person.number },
  itemCode: 'SYN-0006',
  covers: [{ typeCode: types.drivingLicence, fields: ['vehicleClass', 'address'] }],
  purpose: '驾驶证期满换证',
  ttlSeconds: 600,
  useSeconds: 3600,
  requestKey: `key-${++keys}`,
  ...more,
});

describe('a department that asks', () => {
  test('is answered alike whether or not the holder has an account', async () => {
    const nobody = demoPeople.at(-1)?.number ?? '';
    const answers = [
      await counter.call('/authorisations/request', requestOf()),
      await counter.call('/authorisations/request', requestOf({ holder: { type: '111', code: nobody } })),
    ];
    const shapeOf = (value: unknown): string => String(value).replace(/[\w-]/g, 'x');
    const [one, other] = answers.map(({ status, body }) => [
      status,
      Object.keys(body),
      ...Object.values(body).map(shapeOf),
    ]);
    expect(one).toEqual(other);
    expect(one?.[0]).toBe(200);
  });

  test('is answered by the first request when it repeats itself, and refused another under that key', async () => {
    const body = requestOf();
    const [first, again] = [
      await counter.call('/authorisations/request', body),
      await counter.call('/authorisations/request', body),
    ];
    expect(again.body).toEqual(first.body);
    const other = await counter.call('/authorisations/request', { ...body, purpose: '别的' });
    expect([other.status, other.body['code']]).toEqual([409, 'authorisation-key-reused']);
  });

  test.each([
    ['for an item that the law grounds', { itemCode: 'SYN-0101' }, 409, 'authorisation-not-needed'],
    ['for an item that is none', { itemCode: 'SYN-9' }, 404, 'service-item-missing'],
    [
      'for a field the item does not need',
      { covers: [{ typeCode: types.drivingLicence, fields: ['birthDate'] }] },
      403,
      'authorisation-beyond-item',
    ],
    ['for longer than the item bears', { useSeconds: 99_999_999 }, 400, 'authorisation-too-long'],
    ['to wait longer than ten minutes', { ttlSeconds: 601 }, 400, 'machine-request-invalid'],
    ['with a match code that is not two digits', { matchCode: '123' }, 400, 'machine-request-invalid'],
  ])('%s is refused', async (_what, more, status, code) => {
    const answer = await counter.call('/authorisations/request', requestOf(more));
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain(person.number);
  });

  test('needs the scope, and sees nothing of what another department asked', async () => {
    const { authorisationId } = (await counter.call('/authorisations/request', requestOf())).body;
    const verifier = await startDepartment(instance, { scope: 'certificate.verify' });
    expect((await verifier.call('/authorisations/request', requestOf())).status).toBe(403);
    const other = await startDepartment(instance);
    const answer = await other.call('/authorisations/poll', { authorisationId });
    expect([answer.status, answer.body['code']]).toEqual([404, 'authorisation-missing']);
  });
});
