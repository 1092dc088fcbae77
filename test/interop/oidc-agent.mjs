import { demoPassword, demoPeople } from '../../dist/config/demo/people.js';
import { check, createBrowser, signInAs } from './browser.mjs';

const [step, ...given] = process.argv.slice(2);
const [{ number, name }] = demoPeople;

/** Signs the person in at the address that the agent printed. */
const signIn = async (address) => {
  signInAs(number, demoPassword);
  const browser = createBrowser();
  const back = await browser.signIn(await browser.get(address));
  check(
    'the agent asks with PKCE S256',
    new URL(address).searchParams.get('code_challenge_method') === 'S256',
  );
  check(
    'and the person comes back to it',
    back.url.hostname === 'localhost' && back.status === 200,
    back.url.href,
  );
};

/** Asks whose the tokens are. */
const readTokens = async (issuer, first, renewed) => {
  for (const token of [first, renewed]) {
    const response = await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
    const person = response.ok ? await response.json() : {};
    check('a token of the agent is the person’s', person.name === name, String(response.status));
  }
  check('the second was got by a refresh token', first !== renewed);
};

await (step === 'sign-in' ? signIn(...given) : readTokens(...given));
