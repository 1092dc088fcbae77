import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { acts, mayAct, type Role, roles } from '../../src/staff/index.ts';
import { parseRegionCode } from '../../src/terms/region-code.ts';
import { codeOf } from '../directory/photo/photo-house.ts';
import { site } from '../support/identity-house.ts';
import { createAuthenticator } from '../support/virtual-authenticator.ts';
import { type AtWork, openStaffHouse, type StaffHouse } from './staff-house.ts';

let house: StaffHouse;
let system: AtWork;
let security: AtWork;
beforeAll(async () => {
  house = await openStaffHouse();
  ({ system, security } = await house.found());
});
afterAll(() => house?.close());

const region = parseRegionCode('990000');
const draft = (changes: object = {}) => ({
  officerId: system.officerId,
  name: '赵明',
  regionCode: '990100',
  roles: ['certificate-officer'],
  reason: '新到岗',
  ...changes,
});
const answer = (by: AtWork, proposalId: string, what: 'approve' | 'refuse' | 'withdraw', note = '') =>
  house.staff.answerProposal({
    officerId: by.officerId,
    proposalId,
    answer: what,
    provenAt: house.clock.now(),
    note,
  });
/** Adds an officer by both administrators. */
const add = async (changes: object = {}): Promise<AtWork> => {
  const { proposalId, subject } = await house.staff.proposeOfficer(draft(changes));
  await answer(security, proposalId, 'approve');
  const { token } = await house.staff.makeInvitation({
    officerId: system.officerId,
    subject,
    provenAt: house.clock.now(),
  });
  return house.join(token);
};
const signIn = async ({ device }: AtWork, change = {}, officerId?: string) => {
  const options = await house.staff.beginSignIn({ binding: 'b' });
  const response = device.assert(options as { challenge: string }, change);
  return house.staff.finishSignIn({ binding: 'b', response, ...(officerId ? { officerId } : {}) });
};
const disabling = (subject: AtWork, changes: object = {}) => ({
  officerId: system.officerId,
  subject: subject.officerId,
  reason: '离岗',
  emergency: false,
  provenAt: house.clock.now(),
  ...changes,
});
const stateOf = async ({ officerId }: AtWork) => (await house.staff.findOfficer(officerId))?.state;
let papers = 0;
const nextPaper = (): string => {
  papers += 1;
  return `paper-${papers}`;
};
const file = (subject = nextPaper(), changes: object = {}) =>
  house.staff.propose({
    officerId: system.officerId,
    kind: 'paper.file',
    subject,
    regionCode: region,
    difference: [],
    reason: '归档',
    ...changes,
  });

const deedsOn = (subject: string): string[] =>
  house.papers.deeds.filter((deed) => deed.endsWith(` ${subject}`)).map((deed) => deed.split(' ')[0] ?? '');
const isAwaited = async ({ officerId }: AtWork, proposalId: string): Promise<boolean> =>
  (await house.staff.listWaiting({ officerId })).some((one) => one.proposalId === proposalId);

describe('what an officer may do', () => {
  const officer = (role: Role, regionCode = '990100') => ({
    state: 'active' as const,
    roles: [role],
    regionCode: parseRegionCode(regionCode),
  });

  test('is their role’s in their region and below, and nowhere above or beside', () => {
    const may = (code: string) => mayAct(officer('auditor'), 'audit.search', parseRegionCode(code));
    expect(['990100', '990102', '990000', '990200', '990202', '110000'].map(may)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('is nothing while they are not active', () => {
    const disabled = { ...officer('auditor'), state: 'disabled' as const };
    expect(mayAct(disabled, 'audit.search', parseRegionCode('990100'))).toBe(false);
  });

  test('is never both to propose and to approve, by one role', () => {
    for (const role of roles)
      for (const subject of ['officers', 'sites', 'agreements'])
        expect(
          acts.filter(
            (act) =>
              [`${subject}.propose`, `${subject}.draft`, `${subject}.approve`, `${subject}.sign`].includes(
                act,
              ) && mayAct(officer(role), act, parseRegionCode('990100')),
          ).length,
        ).toBeLessThanOrEqual(1);
  });
});

describe('the first officers', () => {
  test('are two administrators, by links that work once each', async () => {
    expect([system.officer.roles, security.officer.roles]).toEqual([
      ['region-administrator'],
      ['security-administrator'],
    ]);
    expect(system.officer).toMatchObject({ name: '陈知远', state: 'active', regionCode: '990000' });
    expect(await codeOf(house.staff.bootstrap())).toBe('officer-bootstrap-closed');
  });

  test('get a new link for who has not joined, and the one before is void', async () => {
    const other = await openStaffHouse();
    const [first] = await other.staff.bootstrap();
    const [second, guard] = await other.staff.bootstrap();
    expect(await codeOf(other.join(first?.token ?? '', '甲'))).toBe('officer-invitation-invalid');
    await other.join(second?.token ?? '', '甲');
    expect(await codeOf(other.join(second?.token ?? '', '乙'))).toBe('officer-invitation-invalid');
    expect((await other.staff.bootstrap()).map(({ role }) => role)).toEqual(['security-administrator']);
    other.clock.advance(1801);
    expect(await codeOf(other.join(guard?.token ?? '', '乙'))).toBe('officer-invitation-invalid');
    await other.close();
  });

  test('give a name, which is sealed where it is kept', async () => {
    const kept = JSON.stringify(await house.records.collection('officers').find({}).toArray());
    expect(kept).toContain(system.officerId);
    expect(kept).not.toContain('陈知远');
  });
});

describe('a new officer', () => {
  test('is proposed by one, approved by another, and joins by a link', async () => {
    const added = await add();
    expect(added.officer).toMatchObject({ name: '赵明', state: 'active', regionCode: '990100' });
    expect((await signIn(added)).officerId).toBe(added.officerId);
  });

  test.each<[string, object, string]>([
    [
      'two of the three administrators',
      { roles: ['region-administrator', 'auditor'] },
      'officer-duties-conflict',
    ],
    ['no role', { roles: [] }, 'officer-roles-invalid'],
    ['a role there is not', { roles: ['king'] }, 'officer-roles-invalid'],
    ['another region', { regionCode: '110000' }, 'officer-not-allowed'],
    ['no reason', { reason: ' ' }, 'proposal-reason'],
  ])('with %s is refused', async (_what, changes, code) => {
    expect(await codeOf(house.staff.proposeOfficer(draft(changes)))).toBe(code);
  });

  test('cannot be proposed by who may not, nor answered by the proposer, nor with an old proof', async () => {
    const byOther = house.staff.proposeOfficer(draft({ officerId: security.officerId }));
    expect(await codeOf(byOther)).toBe('officer-not-allowed');
    const { proposalId } = await house.staff.proposeOfficer(draft());
    expect(await codeOf(answer(system, proposalId, 'approve'))).toBe('officer-not-allowed');
    const provenAt = house.clock.now();
    house.clock.advance(301);
    const late = { officerId: security.officerId, proposalId, answer: 'approve' as const, provenAt };
    expect(await codeOf(house.staff.answerProposal(late))).toBe('officer-proof-stale');
  });

  test('whom the second officer refuses gets no link and is in no list', async () => {
    const { proposalId, subject } = await house.staff.proposeOfficer(draft());
    expect(await codeOf(answer(security, proposalId, 'refuse'))).toBe('proposal-reason');
    await answer(security, proposalId, 'refuse', '不需要');
    const link = { officerId: system.officerId, subject, provenAt: house.clock.now() };
    expect(await codeOf(house.staff.makeInvitation(link))).toBe('officer-state');
    const { officers } = await house.staff.listOfficers({ officerId: system.officerId });
    expect(officers.map(({ officerId }) => officerId)).not.toContain(subject);
    expect(officers.map(({ officerId }) => officerId)).toContain(system.officerId);
  });
});

describe('a sign-in', () => {
  test('wants user verification, the own passkey for a proof, and a counter that moves on', async () => {
    expect(await codeOf(signIn(system, { userVerified: false }))).toBe('passkey-refused');
    expect(await codeOf(signIn(security, {}, system.officerId))).toBe('passkey-refused');
    expect((await signIn(system, {}, system.officerId)).officerId).toBe(system.officerId);
    expect(await codeOf(signIn(system, { counter: 1 }))).toBe('passkey-refused');
    const stranger = { ...system, device: createAuthenticator(site) };
    expect(await codeOf(signIn(stranger))).toBe('passkey-refused');
  });

  test('is refused to who is disabled', async () => {
    const added = await add();
    const { proposalId } = await house.staff.proposeDisabling(disabling(added));
    expect(await stateOf(added)).toBe('active');
    await answer(security, proposalId, 'approve');
    expect(await codeOf(signIn(added))).toBe('officer-not-active');
  });
});

describe('an emergency', () => {
  test('takes effect at once and is undone when it is refused', async () => {
    const added = await add();
    const stale = { emergency: true, provenAt: new Date(0) };
    expect(await codeOf(house.staff.proposeDisabling(disabling(added, stale)))).toBe('officer-proof-stale');
    const { proposalId } = await house.staff.proposeDisabling(disabling(added, { emergency: true }));
    expect(await stateOf(added)).toBe('disabled');
    await answer(security, proposalId, 'refuse', '无此必要');
    expect(await stateOf(added)).toBe('active');
  });

  test('that nobody confirms within 24 hours lapses and is undone', async () => {
    const added = await add();
    const { proposalId } = await house.staff.proposeDisabling(disabling(added, { emergency: true }));
    house.clock.advance(86_400);
    expect(await codeOf(answer(security, proposalId, 'approve'))).toBe('proposal-closed');
    await house.staff.sweepProposals();
    expect(await stateOf(added)).toBe('active');
    const found = await house.staff.findProposal({ officerId: security.officerId, proposalId });
    expect(found).toMatchObject({ state: 'expired', settled: true });
    expect(found.history.map(({ act, officerId }) => [act, officerId])).toEqual([
      ['propose', system.officerId],
      ['expire', 'system'],
    ]);
  });

  test('is none where its kind knows none', async () => {
    const given = { emergency: true, provenAt: house.clock.now() };
    expect(await codeOf(file('paper-x', given))).toBe('proposal-no-emergency');
  });
});

describe('a proposal', () => {
  test('is one about a thing at a time, and takes effect when another officer approves', async () => {
    const { proposalId, subject } = await file();
    expect(await codeOf(file(subject))).toBe('proposal-open');
    expect(deedsOn(subject)).toEqual([]);
    expect(await isAwaited(system, proposalId)).toBe(false);
    expect(await isAwaited(security, proposalId)).toBe(true);
    await answer(security, proposalId, 'approve', '同意');
    expect(deedsOn(subject)).toEqual(['file']);
    expect(await codeOf(answer(security, proposalId, 'refuse', '晚了'))).toBe('proposal-closed');
    await answer(security, (await file(subject)).proposalId, 'refuse', '不必');
    expect(deedsOn(subject)).toEqual(['file', 'unfile']);
  });

  test('is decided once, of two answers at one moment', async () => {
    const { proposalId, subject } = await file();
    const codes = await Promise.all([
      codeOf(answer(security, proposalId, 'approve')),
      codeOf(answer(system, proposalId, 'withdraw')),
    ]);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes).toContain('proposal-closed');
    expect(deedsOn(subject)).toHaveLength(1);
  });

  test('whose handler fails stands as approved and is settled later', async () => {
    const { proposalId, subject } = await file();
    house.papers.failing = true;
    await expect(answer(security, proposalId, 'approve')).rejects.toThrow('the handler fails');
    const officerId = security.officerId;
    const found = await house.staff.findProposal({ officerId, proposalId });
    expect(found).toMatchObject({ state: 'approved', settled: false });
    house.papers.failing = false;
    expect(await house.staff.sweepProposals()).toBe(1);
    expect(deedsOn(subject)).toEqual(['file']);
    expect(await house.staff.sweepProposals()).toBe(0);
  });

  test('of another region is neither listed nor shown nor answered', async () => {
    const below = await add({ roles: ['security-administrator'], regionCode: '990100' });
    const { proposalId } = await file();
    const given = { officerId: below.officerId };
    expect((await house.staff.listProposals(given)).proposals.map(({ kind }) => kind)).not.toContain(
      'paper.file',
    );
    expect(await codeOf(house.staff.findProposal({ ...given, proposalId }))).toBe('officer-not-allowed');
    expect(await codeOf(answer(below, proposalId, 'approve'))).toBe('officer-not-allowed');
  });

  test('is listed page by page, the newest first', async () => {
    const made: string[] = [];
    for (let n = 0; n < 21; n += 1) {
      // Three at one instant: the identifier settles their order.
      if (n % 3 === 0) house.clock.advance(1);
      made.push((await file()).proposalId);
    }
    const given = { officerId: security.officerId };
    const first = await house.staff.listProposals(given);
    const second = await house.staff.listProposals({ ...given, after: first.next ?? '' });
    const rows = [...first.proposals, ...second.proposals];
    expect(first.proposals).toHaveLength(20);
    expect(new Set(rows.slice(0, 21).map(({ proposalId }) => proposalId))).toEqual(new Set(made));
    const times = rows.map(({ proposedAt }) => proposedAt.getTime());
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  test('can be replayed with what it had come to, as it stood on any day', async () => {
    const value = (before: string | null, after: string) => ({
      difference: [{ field: 'shelf', before, after }],
    });
    const { officerId } = security;
    const replay = async (until: Date) => {
      const { standing, proposals } = await house.staff.replayProposals({
        officerId,
        subject: 'shelves',
        until,
      });
      return [standing.map((one) => one.value).join(), proposals.map(({ state }) => state).join(' ')];
    };
    const days: Date[] = [];
    const endDay = () => {
      days.push(house.clock.now());
      house.clock.advance(86_400);
    };
    const first = await file('shelves@1', value(null, 'A'));
    endDay();
    await answer(security, first.proposalId, 'approve');
    const second = await file('shelves@2', value('A', 'B'));
    endDay();
    await answer(security, second.proposalId, 'refuse', '不必');
    await file('shelves-other', value(null, 'C'));
    endDay();
    expect(await Promise.all(days.map(replay))).toEqual([
      ['', 'open'],
      ['A', 'open approved'],
      ['A', 'refused approved'],
    ]);
  });

  test('is replayed as in effect while an emergency waits for its second officer, and no longer', async () => {
    const added = await add();
    await house.staff.proposeDisabling(disabling(added, { emergency: true }));
    const given = { officerId: security.officerId, subject: added.officerId };
    const states = async (until: Date) =>
      (await house.staff.replayProposals({ ...given, until })).standing.flatMap(({ field, value }) =>
        field === 'state' ? [value] : [],
      );
    const during = house.clock.now();
    house.clock.advance(2 * 86_400);
    await house.staff.sweepProposals();
    expect(await states(during)).toEqual(['disabled']);
    expect(await states(house.clock.now())).toEqual([]);
  });

  test('keeps what officers wrote sealed, and out of its events', async () => {
    const { proposalId } = await file('paper-y', { reason: '某某的事' });
    await answer(security, proposalId, 'approve', '同意某某');
    const kept = JSON.stringify(await house.records.collection('proposals').find({}).toArray());
    expect(kept).toContain('proposal.approved');
    expect(kept).not.toContain('某某');
  });
});

describe('an officer at work', () => {
  const change = (subject: AtWork) => ({
    officerId: system.officerId,
    subject: subject.officerId,
    reason: '调整',
  });
  const link = ({ officerId: subject }: AtWork) =>
    house.staff.makeInvitation({ officerId: system.officerId, subject, provenAt: house.clock.now() });

  test('is given other roles by two others, and keeps the three administrators apart', async () => {
    const added = await add();
    const roles = ['auditor', 'support'];
    const { proposalId, difference } = await house.staff.proposeRoles({ ...change(added), roles });
    expect(difference).toEqual([{ field: 'roles', before: 'certificate-officer', after: 'auditor support' }]);
    expect((await house.staff.findAtWork(added.officerId))?.roles).toEqual(['certificate-officer']);
    await answer(security, proposalId, 'approve');
    expect((await house.staff.findAtWork(added.officerId))?.roles).toEqual(roles);
    const both = { ...change(added), roles: ['auditor', 'security-administrator'] };
    expect(await codeOf(house.staff.proposeRoles(both))).toBe('officer-duties-conflict');
    expect(await codeOf(house.staff.proposeRoles({ ...change(added), roles }))).toBe('officer-unchanged');
  });

  test('neither proposes nor answers what is about themselves', async () => {
    const roles = ['region-administrator', 'support'];
    expect(await codeOf(house.staff.proposeRoles({ ...change(system), roles }))).toBe('officer-own');
    const more = { ...change(security), roles: ['security-administrator', 'support'] };
    const { proposalId } = await house.staff.proposeRoles(more);
    expect(await isAwaited(security, proposalId)).toBe(false);
    expect(await codeOf(answer(security, proposalId, 'approve'))).toBe('officer-own');
    await answer(system, proposalId, 'withdraw');
  });

  test('adds a second passkey by a link that two agreed on and that works once', async () => {
    const added = await add();
    expect(await codeOf(link(added))).toBe('officer-state');
    const { proposalId } = await house.staff.proposePasskey({ ...change(added), way: 'another' });
    await answer(security, proposalId, 'approve');
    const { token } = await link(added);
    const second = await house.join(token);
    expect((await signIn(second)).officerId).toBe(added.officerId);
    expect((await signIn(added)).passkeys).toBe(2);
    expect(await codeOf(house.join(token))).toBe('officer-invitation-invalid');
    expect(await codeOf(link(added))).toBe('officer-state');
  });

  test('whose passkey is lost works no more until a new one is there, and the lost one never', async () => {
    const added = await add();
    const { proposalId } = await house.staff.proposePasskey({ ...change(added), way: 'in-place' });
    await answer(security, proposalId, 'approve');
    expect(await house.staff.findAtWork(added.officerId)).toBeNull();
    const { token } = await link(added);
    const anew = await house.join(token);
    expect((await signIn(anew)).officerId).toBe(added.officerId);
    expect(await codeOf(signIn(added))).toBe('passkey-refused');
  });

  test('who is tied to a citizen’s account is stopped while that is closed, frozen or of a low level', async () => {
    const [added, other] = [await add(), await add()];
    const { accounts, staff } = house;
    accounts.set('person-2', { isActive: true, level: 2 });
    accounts.set('person-3', { isActive: true, level: 3 });
    const tie = (subject: AtWork, accountId: string) =>
      staff.proposeAccount({ ...change(subject), accountId });
    expect(await codeOf(tie(added, 'person-2'))).toBe('officer-account-unfit');
    expect(await codeOf(tie(added, 'nobody'))).toBe('officer-account-unfit');
    await answer(security, (await tie(added, 'person-3')).proposalId, 'approve');
    expect(await codeOf(tie(other, 'person-3'))).toBe('officer-account-taken');
    expect((await signIn(added)).accountId).toBe('person-3');
    for (const standing of [{ isActive: false, level: 3 }, { isActive: true, level: 2 }, null]) {
      if (standing === null) accounts.delete('person-3');
      else accounts.set('person-3', standing);
      expect(await codeOf(signIn(added))).toBe('officer-account-stopped');
      expect(await staff.findAtWork(added.officerId)).toBeNull();
    }
    accounts.set('person-3', { isActive: true, level: 3 });
    expect((await staff.findAtWork(added.officerId))?.officerId).toBe(added.officerId);
  });

  test('an account is named by one open proposal, and may not be approved once it is unfit', async () => {
    const [added, other] = [await add(), await add()];
    const { accounts, staff } = house;
    accounts.set('person-4', { isActive: true, level: 3 });
    const tie = (subject: AtWork) => staff.proposeAccount({ ...change(subject), accountId: 'person-4' });
    const { proposalId } = await tie(added);
    expect(await codeOf(tie(other))).toBe('officer-account-proposed');
    accounts.set('person-4', { isActive: true, level: 2 });
    expect(await codeOf(answer(security, proposalId, 'approve'))).toBe('officer-account-unfit');
    expect(await isAwaited(security, proposalId)).toBe(true);
    accounts.set('person-4', { isActive: true, level: 3 });
    await answer(system, proposalId, 'withdraw');
    await answer(security, (await tie(other)).proposalId, 'approve');
    expect((await staff.findAtWork(other.officerId))?.accountId).toBe('person-4');
  });

  test('who is disabled for good frees the account for another; one disabled in an emergency not yet', async () => {
    const [added, other] = [await add(), await add()];
    const { accounts, staff, clock } = house;
    accounts.set('person-5', { isActive: true, level: 3 });
    const tie = async (subject: AtWork) =>
      answer(
        security,
        (await staff.proposeAccount({ ...change(subject), accountId: 'person-5' })).proposalId,
        'approve',
      );
    await tie(added);
    const disabling = { ...change(added), emergency: true, provenAt: clock.now() };
    const { proposalId } = await staff.proposeDisabling(disabling);
    expect(await staff.findAtWork(added.officerId)).toBeNull();
    expect(await codeOf(tie(other))).toBe('officer-account-taken');
    await answer(security, proposalId, 'approve');
    await tie(other);
    expect((await staff.findAtWork(other.officerId))?.accountId).toBe('person-5');
    expect((await staff.findOfficer(added.officerId))?.accountId).toBeNull();
  });
});

test('of every pair of roles, nobody holds two of the three administrators', async () => {
  const three = ['region-administrator', 'security-administrator', 'auditor'];
  for (const [n, one] of roles.entries())
    for (const other of roles.slice(n + 1)) {
      const given = house.staff.proposeOfficer(draft({ roles: [one, other] }));
      const isRefused = three.includes(one) && three.includes(other);
      expect([one, other, await codeOf(given)]).toEqual([
        one,
        other,
        isRefused ? 'officer-duties-conflict' : null,
      ]);
    }
});
