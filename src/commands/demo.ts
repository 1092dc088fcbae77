import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import { type DemoRegion, type DemoRegions, demoRegions } from '../../config/demo/regions.ts';
import { systemClock } from '../base/clock.ts';
import { type Agreement, stateOf } from '../recognition/index.ts';
import { type RunningRegions, startDemoRegions } from './demo-regions.ts';
import { foundingAddressesIfOpen } from './officers.ts';
import { stopOnSignal } from './signals.ts';

/** Says what a person opens: the people's city first, then the regions, then how officers join. */
export async function addressLines(plan: DemoRegions, running: RunningRegions): Promise<string[]> {
  return [...homeLines(running), '', ...regionLines(plan, running), ...(await officerLines(running))];
}

const homeLines = ({ b, home }: RunningRegions): string[] => [
  `先打开 Open first, at ${b.name}`,
  `  不动产登记 (site 1)    ${home.property}`,
  `  社会保险   (site 2)    ${home.social}`,
  `  一号       (Yihao)     ${home.yihao}`,
  `  服务窗口   (counter)   ${home.counter}`,
  `  小程序     (WeChat)    ${home.miniProgram}`,
  `  网号服务   (net-ID)    ${home.netId}`,
  `  短信发件箱 (SMS)       ${home.authorities}`,
  `  Sign in at site 1 with ID number ${demoPeople[0]?.number}, password ${demoPassword}`,
  '  (a synthetic person; 19 more are in config/demo/people.ts). To register as someone new, choose the text',
  '  message at sign-in: the SMS page shows the codes, and who can.',
];

const regionLines = (
  { site, counter }: DemoRegions,
  { province, a, b, agreement }: RunningRegions,
): string[] => [
  '地区 Regions',
  `  ${a.name}              ${a.issuer}`,
  `    社会保险 (its site)    ${site}`,
  `    服务窗口 (its counter) ${counter}`,
  `  ${b.name}              ${b.issuer}`,
  `  ${province.name} (province)      ${province.issuer}`,
  `  The agreement of the two cities is ${stateOf(agreement, systemClock.now())}. At ${b.name}, digest ${agreement.digest}:`,
  `    ${consoleAddressOf(b, agreement)}`,
  '  Countersign it, cross over, suspend it: docs/demo.md',
];

const consoleAddressOf = ({ issuer }: DemoRegion, { document: { id, version } }: Agreement): string =>
  `${issuer}/console/agreements/${id}/${version}`;

const officerLines = async ({ a, b }: RunningRegions): Promise<string[]> => {
  const cities = await Promise.all(
    [b, a].map(async ({ name, house, issuer }) =>
      (await foundingAddressesIfOpen(house, issuer)).map((link) => `  ${name} ${link.name}  ${link.address}`),
    ),
  );
  const links = cities.flat();
  if (links.length === 0) return [];
  return ['', '管理台 Console: each link lets one administrator join, once, within half an hour', ...links];
};

/** Runs the demo until it is told to stop. */
export async function demo(): Promise<void> {
  const plan = demoRegions();
  const running = await startDemoRegions(plan, (line) => console.log(line));
  console.log('[3/3] ready\n');
  for (const line of await addressLines(plan, running)) console.log(line === '' ? '' : `  ${line}`);
  console.log('\n  Ctrl-C stops; the data stays.');
  await stopOnSignal(running.stop);
}
