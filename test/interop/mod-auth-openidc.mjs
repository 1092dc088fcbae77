import { demoPassword, demoPeople } from '../../dist/config/demo/people.js';
import { check, createBrowser, signInAs } from './browser.mjs';

const [issuer, site] = process.argv.slice(2);
const [{ number, name }] = demoPeople;
signInAs(number, demoPassword);

const remoteUser = ({ headers }) => headers['x-remote-user'] ?? '';
const guarded = `${site}/app/index.html`;

const browser = createBrowser();
const first = await browser.get(guarded);
check('whoever is not signed in comes to Yihao', first.url.origin === issuer, first.url.href);
const inside = await browser.signIn(first);
check(
  'and comes back signed in',
  inside.url.href === guarded && inside.status === 200,
  `${inside.status} ${inside.url}`,
);
check('the remote user is a pairwise subject', /^[\w-]{20,}/.test(remoteUser(inside)), remoteUser(inside));
check('and no number', !remoteUser(inside).includes(number), remoteUser(inside));
const told = Buffer.from(inside.headers['x-person'] ?? '', 'latin1').toString('utf8');
check('the name came by userinfo', told.includes(name) || told.includes(encodeURIComponent(name)), told);

const start = await createBrowser().get(guarded, { once: true });
const asked = new URL(start.headers.location ?? issuer).searchParams;
check('it asks with PKCE S256', asked.get('code_challenge_method') === 'S256', String(asked));
console.log(
  `note pushed requests (PAR): ${asked.has('request_uri') ? 'used' : 'not used by this version of the module'}`,
);

const out = await browser.get(`${site}/app/callback?logout=${encodeURIComponent(`${site}/bye.html`)}`);
const bye = await browser.submit(out, { logout: 'yes' }, '/session/end/confirm');
check(
  'sign-out at the site ends the session at Yihao',
  !bye.html.includes('/session/end/confirm'),
  bye.url.href,
);
const again = await browser.get(guarded);
check(
  'after which one is asked anew',
  again.url.origin === issuer && again.url.pathname.startsWith('/interaction/'),
  again.url.href,
);

const back = await browser.signIn(again);
check('the same person is the same remote user', remoteUser(back) === remoteUser(inside), remoteUser(back));
const question = await browser.get(`${issuer}/session/end`);
await browser.submit(question, { logout: 'yes' }, '/session/end/confirm');
let later = back;
for (let i = 0; i < 20 && later.url.href === guarded; i += 1) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  later = await browser.get(guarded);
}
check(
  'sign-out at Yihao ends the session at the site (back-channel)',
  later.url.origin === issuer,
  later.url.href,
);
