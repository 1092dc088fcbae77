import { demoPassword, demoPeople } from '../config/demo/people.ts';
import { type Browser, type BrowserPage, createBrowser } from '../test/support/browser-fetch.ts';
import { readQr } from '../test/support/read-qr.ts';
import { codeOfApp } from '../test/support/totp.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../test/support/virtual-authenticator.ts';
import type { Subject } from './subject.ts';
import { type Proof, withoutProof } from './visitor.ts';

/** A way to show who one is, as it is measured. */
export interface Way {
  name: string;
  prove: Proof;
  /** The numbers of those who sign in so. */
  people: readonly string[];
  /** How often each of them can do so in one round; without it, as often as they like. */
  mostEach?: number;
  /** Done before each round, outside of what is measured. */
  prepare(): Promise<void>;
}

const stepMilliseconds = 30_000;
const [withoutApp, withApp] = [demoPeople.slice(0, 10), demoPeople.slice(10)].map((people) =>
  people.map(({ number }) => number),
);
const nothing = async (): Promise<void> => undefined;

/** Gives everybody a passkey that a software authenticator keeps, and lists the ways to sign in. */
export async function openWays(yihao: Subject): Promise<Way[]> {
  const keys = new Map<string, SoftwareAuthenticator>();
  for (const { number } of demoPeople) {
    const key = createAuthenticator({ origin: yihao.issuer, rpId: 'localhost' });
    const options = await yihao.act<{ challenge: string }>('beginPasskey', { number });
    await yihao.act('finishPasskey', { number, response: key.register(options) });
    keys.set(number, key);
  }
  const assertion = ({ html }: BrowserPage, number: string): string => {
    const options = /data-options="([^"]*)"/.exec(html)?.[1] ?? '';
    const asked = JSON.parse(options.replaceAll('&quot;', '"')) as { challenge: string };
    return JSON.stringify(keys.get(number)?.assert(asked));
  };
  const people = withoutApp ?? [];
  return [
    { name: 'no proof', prove: withoutProof, people, prepare: nothing },
    {
      name: 'passkey',
      prove: (browser, signIn, number) =>
        browser.submit(signIn, { response: assertion(signIn, number) }, '/passkey'),
      people,
      prepare: nothing,
    },
    { name: 'password', prove: byPassword, people, prepare: nothing },
    totpWay(yihao, withApp ?? []),
    qrWay(yihao, people, assertion),
  ];
}

const passwordGiven = async (
  browser: Browser,
  { url }: BrowserPage,
  number: string,
): Promise<BrowserPage> => {
  const form = await browser.get(new URL(`${url.pathname}/password${url.search}`, url));
  return browser.submit(form, { number, password: demoPassword }, '/password');
};
const withoutOffer = (browser: Browser, offer: BrowserPage): Promise<BrowserPage> =>
  browser.submit(offer, { skip: '1' }, '/passkey-offer');

const byPassword: Proof = async (browser, signIn, number) =>
  withoutOffer(browser, await passwordGiven(browser, signIn, number));

/** A password and then a code of an app. Each code serves once, so the apps are set up anew before a round. */
const totpWay = (yihao: Subject, people: readonly string[]): Way => {
  const codes = new Map<string, string[]>();
  return {
    name: 'app code',
    people,
    mostEach: 2,
    async prove(browser, signIn, number) {
      const second = await passwordGiven(browser, signIn, number);
      const code = codes.get(number)?.shift() ?? '';
      return withoutOffer(browser, await browser.submit(second, { code }, '/second'));
    },
    async prepare() {
      for (const number of people) {
        const { secret } = await yihao.act<{ secret: string }>('beginTotp', { number });
        const now = Date.now();
        const [before, ...after] = [-1, 0, 1].map((by) =>
          codeOfApp(secret, new Date(now + by * stepMilliseconds)),
        );
        await yihao.act('finishTotp', { number, code: before });
        codes.set(number, after);
      }
    },
  };
};

/** A phone that is signed in scans what the other browser shows; that browser then looks once for the answer. */
const qrWay = (
  { issuer }: Subject,
  people: readonly string[],
  assertion: (page: BrowserPage, number: string) => string,
): Way => {
  const phones = new Map<string, Browser>();
  return {
    name: 'QR',
    people,
    async prove(browser, signIn, number) {
      const phone = phones.get(number) ?? createBrowser();
      const shown = await browser.click(signIn, '扫码登录');
      const match = /数字：\s*(\d\d)/.exec(shown.text)?.[1] ?? '';
      const asked = await phone.get(await readQr(shown.html));
      const answer = { number: match, response: assertion(asked, number) };
      await phone.submit(asked, answer, asked.url.pathname);
      return browser.submit(shown, {}, '/qr');
    },
    async prepare() {
      for (const number of people) {
        if (phones.has(number)) continue;
        const phone = createBrowser();
        await withoutProof(phone, await phone.get(`${issuer}/my`), number);
        phones.set(number, phone);
      }
    },
  };
};
