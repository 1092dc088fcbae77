import Router from '@koa/router';
import type { VNode } from 'preact';
import { type ClerkScreen, createClerk } from './clerk-client.ts';
import { Page } from './counter-pages.tsx';
import { publicKeyOf } from './keys.ts';
import { show } from './site-routes.ts';
import type { DemoTerminal } from './terminal-routes.ts';

/** Where a clerk's place shows Yihao its public key. */
export const clerkKeysPath = '/ask/jwks';

const lookSeconds = 6;

const endings = {
  refused: '本人没有同意，或选择了“不是我”。',
  expired: '5 分钟内没有确认。',
  failed: '暂时联系不上一号，请稍后重试。',
};
const problems = {
  'nobody-found': '匹配码不对、已用过或超过 2 分钟，请办事人重新生成。',
  'not-asked': '没有发出去，请核对后重试。',
};

const Ask = ({ problem }: { problem: string | null }): VNode => (
  <form method="post" action="/ask">
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

const Screen = ({ screen }: { screen: ClerkScreen }): VNode => {
  if (screen.kind === 'waiting')
    return (
      <>
        <h1>请本人在手机上确认</h1>
        <p>
          请办事人打开“一号”的“窗口请求”，核对码是 <strong>{screen.binding}</strong>。
        </p>
        <p>
          <a class="button" href="/ask">
            看本人是否已确认
          </a>
        </p>
        <p class="hint">5 分钟内有效。本页每 6 秒自动查看一次。</p>
      </>
    );
  if (screen.kind === 'idle')
    return (
      <>
        <h1>请本人确认</h1>
        <Ask problem={screen.problem === null ? null : problems[screen.problem]} />
      </>
    );
  return (
    <>
      <h1>{screen.kind === 'confirmed' ? `本人已确认：${screen.name}` : endings[screen.why]}</h1>
      <Ask problem={null} />
    </>
  );
};

/** Lists the addresses of a clerk's place that asks people to confirm on their own phone. */
export function clerkRoutes(identity: DemoTerminal, { issuer }: { issuer: string }): Router {
  const clerk = createClerk(identity, { issuer, clerkId: 'SYN-007', purpose: '不动产转移登记' });
  const router = new Router();
  router.get(clerkKeysPath, (ctx) => {
    ctx.body = { keys: [publicKeyOf(identity.privateJwk)] };
  });
  router.get('/ask', async (ctx) => {
    const screen = await clerk.look();
    if (screen.kind === 'waiting') ctx.set('refresh', String(lookSeconds));
    show(
      ctx,
      <Page title="请本人确认">
        <Screen screen={screen} />
      </Page>,
    );
  });
  router.post('/ask', async (ctx) => {
    const { who } = (ctx.request.body ?? {}) as Record<string, unknown>;
    await clerk.ask(typeof who === 'string' ? who.slice(0, 40) : '');
    ctx.redirect('/ask');
  });
  return router;
}
