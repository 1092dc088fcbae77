import Router from '@koa/router';
import type { VNode } from 'preact';
import { cityB } from './cities.ts';
import { type Clerk, type ClerkScreen, createClerk } from './clerk-client.ts';
import { Page } from './counter-pages.tsx';
import { publicKeyOf } from './keys.ts';
import { show } from './site-routes.ts';
import type { DemoTerminal } from './terminal-routes.ts';

/** Where a clerk's place shows Yihao its public key. */
export const clerkKeysPath = '/ask/jwks';

/** Where a village agent's place shows its public key, and where it is told that the person answered. */
export const agentKeysPath = '/village/jwks';
export const agentPingPath = '/village/answered';

const lookSeconds = 6;

/** One place at which people are asked. */
interface Place {
  path: string;
  name: string;
  title: string;
  clerkId: string;
  purpose: string;
  isPinged: boolean;
}

const counterPlace: Place = {
  path: '/ask',
  name: cityB.counter.zh,
  title: '请本人确认',
  clerkId: 'SYN-007',
  purpose: '不动产转移登记',
  isPinged: false,
};
const agentPlace: Place = {
  path: '/village',
  name: cityB.village.zh,
  title: '村级代办：请本人确认',
  clerkId: 'SYN-V-012',
  purpose: '城乡居民养老保险待遇资格认证',
  isPinged: true,
};

const endings = {
  refused: '本人没有同意，或选择了“不是我”。',
  expired: '5 分钟内没有确认。',
  failed: '暂时联系不上一号，请稍后重试。',
};
const problems = {
  'nobody-found': '匹配码不对、已用过或超过 2 分钟，请办事人重新生成。',
  'not-asked': '没有发出去，请核对后重试。',
};

const Ask = ({ place, problem }: { place: Place; problem: string | null }): VNode => (
  <form method="post" action={place.path}>
    {problem !== null && (
      <p role="alert">
        <strong>{problem}</strong>
      </p>
    )}
    <p>
      <label for="who">匹配码（办事人报的 8 位数字），或身份证号码（读卡器会自动输入）</label>
      <input id="who" name="who" type="text" autocomplete="off" required />
    </p>
    <p>
      <button class="button" type="submit">
        请本人在手机上确认
      </button>
    </p>
  </form>
);

const Screen = ({ place, screen }: { place: Place; screen: ClerkScreen }): VNode => {
  if (screen.kind === 'waiting')
    return (
      <>
        <h1>请本人在手机上确认</h1>
        <p>
          请办事人打开“一号”的“窗口请求”，核对码是 <strong>{screen.binding}</strong>。
        </p>
        <p>
          <a class="button" href={place.isPinged ? `${place.path}?now=1` : place.path}>
            看本人是否已确认
          </a>
        </p>
        <p class="hint">
          {place.isPinged
            ? '5 分钟内有效。本人确认后，一号会通知本页。'
            : '5 分钟内有效。本页每 6 秒自动查看一次。'}
        </p>
        <form method="post" action={`${place.path}/leave`}>
          <button class="button plain" type="submit">
            不等了，换一位
          </button>
        </form>
      </>
    );
  if (screen.kind === 'idle')
    return (
      <>
        <h1>{place.title}</h1>
        <Ask place={place} problem={screen.problem === null ? null : problems[screen.problem]} />
      </>
    );
  return (
    <>
      <h1>{screen.kind === 'confirmed' ? `本人已确认：${screen.name}` : endings[screen.why]}</h1>
      <Ask place={place} problem={null} />
    </>
  );
};

/** Lists the addresses of a clerk's place that asks people to confirm on their own phone. */
export const clerkRoutes = (identity: DemoTerminal, { issuer }: { issuer: string }): Router =>
  routesOf(identity, createClerk(identity, { issuer, ...counterPlace }), counterPlace, clerkKeysPath);

/** Lists the addresses of a village agent's place (村级代办点), which Yihao tells when the person has answered. */
export function agentRoutes(identity: DemoTerminal, { issuer }: { issuer: string }): Router {
  const agent = createClerk(identity, { issuer, ...agentPlace });
  const router = routesOf(identity, agent, agentPlace, agentKeysPath);
  router.post(agentPingPath, (ctx) => {
    const [, token = ''] = /^Bearer (.+)$/.exec(ctx.get('authorization')) ?? [];
    const { auth_req_id: authReqId } = (ctx.request.body ?? {}) as Record<string, unknown>;
    ctx.status = agent.hear({ token, authReqId: String(authReqId) }) ? 204 : 401;
  });
  return router;
}

const routesOf = (identity: DemoTerminal, clerk: Clerk, place: Place, keysPath: string): Router => {
  const router = new Router();
  router.get(keysPath, (ctx) => {
    ctx.body = { keys: [publicKeyOf(identity.privateJwk)] };
  });
  router.get(place.path, async (ctx) => {
    const screen = await clerk.look(ctx.query['now'] === '1');
    if (screen.kind === 'waiting') ctx.set('refresh', `${lookSeconds}; url=${place.path}`);
    show(
      ctx,
      <Page title={place.title} place={place.name}>
        <Screen place={place} screen={screen} />
      </Page>,
    );
  });
  router.post(place.path, async (ctx) => {
    const { who } = (ctx.request.body ?? {}) as Record<string, unknown>;
    await clerk.ask(typeof who === 'string' ? who.slice(0, 40) : '');
    ctx.redirect(place.path);
  });
  router.post(`${place.path}/leave`, (ctx) => {
    clerk.leave();
    ctx.redirect(place.path);
  });
  return router;
};
