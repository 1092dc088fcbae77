import type { Role, Staff } from '../../src/staff/index.ts';
import { type Browser, type BrowserPage, createBrowser } from './browser-fetch.ts';
import { createAuthenticator, type SoftwareAuthenticator } from './virtual-authenticator.ts';

/** An officer at work: their browser, and the device they sign in by. */
export interface OfficerAtWork {
  officerId: string;
  browser: Browser;
  device: SoftwareAuthenticator;
}

/** Where officers work: an instance, or as much of one. */
export interface Workplace {
  issuer: string;
  app: { house: { staff: Staff } };
}

/** Reads the WebAuthn options that a page carries. */
export const optionsOf = ({ html }: BrowserPage): { challenge: string } =>
  JSON.parse((html.match(/data-options="([^"]*)"/)?.[1] ?? '').replaceAll('&quot;', '"'));

/** Makes a device for an instance. */
export const deviceFor = ({ issuer }: Workplace): SoftwareAuthenticator =>
  createAuthenticator({ origin: issuer, rpId: 'localhost' });

/** Answers a page of the console that asks for a passkey. */
export const assertOn = (
  { browser, device }: Pick<OfficerAtWork, 'browser' | 'device'>,
  page: BrowserPage,
): Promise<BrowserPage> => browser.submit(page, { response: JSON.stringify(device.assert(optionsOf(page))) });

/** Signs an officer in by the console's own page. */
export const signInOfficer = async ({ issuer }: Workplace, officer: OfficerAtWork): Promise<BrowserPage> =>
  assertOn(officer, await officer.browser.get(new URL('/console/sign-in', issuer)));

/** Joins by a link, below its page. */
const joinBy = async (instance: Workplace, token: string, name: string): Promise<OfficerAtWork> => {
  const { staff } = instance.app.house;
  const device = deviceFor(instance);
  const { options } = await staff.beginJoin({ token });
  const response = device.register(options as { challenge: string });
  const { officerId } = await staff.finishJoin({ token, response, name });
  return { officerId, device, browser: createBrowser() };
};

/** Brings the first two administrators to work. */
export async function foundOfficers(
  instance: Workplace,
): Promise<{ system: OfficerAtWork; security: OfficerAtWork }> {
  const [system, security] = await instance.app.house.staff.bootstrap();
  return {
    system: await joinBy(instance, system?.token ?? '', '陈知远'),
    security: await joinBy(instance, security?.token ?? '', '林书瑶'),
  };
}

/** Whom to add; who works on certificates acts for an authority. */
export interface OfficerToBe {
  role: Role;
  regionCode?: string;
  authority?: { code: string; name: string };
  name?: string;
  now: Date;
}

/** Appoints a further officer, as both administrators would; returns the token of the link by which they join. */
export async function inviteOfficer(
  instance: Workplace,
  founders: { system: OfficerAtWork; security: OfficerAtWork },
  { role, regionCode = '990000', authority, name = '赵明', now }: OfficerToBe,
): Promise<string> {
  const { staff } = instance.app.house;
  const { proposalId, subject } = await staff.proposeOfficer({
    officerId: founders.system.officerId,
    name,
    regionCode,
    roles: [role],
    reason: '新到岗',
    ...(authority === undefined ? {} : { authority }),
  });
  const officerId = founders.security.officerId;
  await staff.answerProposal({ officerId, proposalId, answer: 'approve', provenAt: now });
  const by = { officerId: founders.system.officerId, provenAt: now };
  const { token } = await staff.makeInvitation({ ...by, subject });
  return token;
}

/** Brings a further officer to work; none is signed in yet. */
export async function addOfficer(
  instance: Workplace,
  founders: { system: OfficerAtWork; security: OfficerAtWork },
  toBe: OfficerToBe,
): Promise<OfficerAtWork> {
  return joinBy(instance, await inviteOfficer(instance, founders, toBe), '');
}
