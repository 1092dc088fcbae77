import type { ComponentChildren, VNode } from 'preact';
import type { ScannedCertificate } from './counter-client.ts';
import type { HeardSignal } from './counter-signals.ts';

/** Renders what is around every page of the counter. */
export const Page = ({
  title,
  place,
  children,
}: {
  title: string;
  /** Where the page is used. */
  place: string;
  children: ComponentChildren;
}): VNode => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>{`${title} - 政务服务窗口`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href="/site.css" />
    </head>
    <body class="pine">
      <header>
        <div class="wide bar">
          <div>
            <p class="department">{place}</p>
            <p class="site">
              <a href="/">扫码核验</a>
            </p>
          </div>
        </div>
      </header>
      <main class="wide">{children}</main>
      <footer>
        <p class="wide">演示窗口：机构、人员和证照都是虚构的。</p>
      </footer>
    </body>
  </html>
);

/** Renders the clerk's page: a scanner types the code into the field and presses Enter. */
export const ScanPage = ({
  place,
  problem,
  heard,
  hasKiosk,
}: {
  place: string;
  problem: { text: string; trace: string } | null;
  heard: readonly HeardSignal[];
  /** Whether codes can be checked here without a network. */
  hasKiosk: boolean;
}): VNode => (
  <Page title={problem === null ? '扫码' : '未通过'} place={place}>
    <h1>请扫办事人手机上的二维码</h1>
    {problem !== null && (
      <div role="alert">
        <p>
          <strong>{problem.text}</strong>
        </p>
        <p class="hint">
          追踪码：<code>{problem.trace}</code>
        </p>
      </div>
    )}
    <form method="post" action="/scan">
      <p>
        <label for="code">二维码内容（扫码枪会自动输入）</label>
        <input id="code" name="code" type="text" autocomplete="off" />
      </p>
      <p>
        <button class="button" type="submit">
          核验
        </button>
      </p>
    </form>
    {hasKiosk && (
      <p>
        <a href="/offline">窗口没有网络</a>
      </p>
    )}
    {heard.length > 0 && (
      <>
        <h2>一号刚刚通知</h2>
        <ul>
          {heard.map(({ event, identifier }) => (
            <li key={`${event} ${identifier}`}>
              {happenings[event] ?? event}：<code>{identifier}</code>
            </li>
          ))}
        </ul>
      </>
    )}
  </Page>
);

const happenings: Record<string, string> = {
  'certificate.issued': '已签发',
  'certificate.reissued': '已换发',
  'certificate.superseded': '已被新版替代',
  'certificate.suspended': '已暂扣',
  'certificate.lifted': '已解除暂扣',
  'certificate.withdrawn': '已撤销',
  'certificate.cancelled': '已注销',
  'certificate.revoked': '已吊销',
  'certificate.transferred': '已转出',
  'certificate.void': '已作废',
};

const verdicts: Record<string, string> = {
  genuine: '真实有效',
  notInForce: '现在不能使用',
  ended: '已经失效',
  notGenuine: '核验不通过',
  unknown: '没有这张证照',
};

/** Renders what the counter sees, and nothing the holder did not show. */
export const ScannedPage = ({ place, shown }: { place: string; shown: ScannedCertificate }): VNode => (
  <Page title="核验结果" place={place}>
    <h1>{verdicts[shown.verdict.kind] ?? '无法判断'}</h1>
    {shown.photoUrl !== null && <img src={shown.photoUrl} alt="持证人照片" width={179} height={220} />}
    <dl>
      <div>
        <dt>证照</dt>
        <dd>{shown.typeName.zh}</dd>
      </div>
      <div>
        <dt>持证人</dt>
        <dd>{shown.maskedName}</dd>
      </div>
      <div>
        <dt>发证机关</dt>
        <dd>{shown.issuerName}</dd>
      </div>
      {shown.fields.map(({ name, label, value }) => (
        <div key={name}>
          <dt>{label.zh}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    {shown.identifier !== null && (
      <form method="post" action="/end">
        <input type="hidden" name="identifier" value={shown.identifier} />
        <input type="hidden" name="what" value={`${shown.typeName.zh}（${shown.maskedName}）`} />
        <p class="hint">本窗口也是发证机关之一；只能注销本机关签发的证照（不动产权证书、结婚证）。</p>
        <p>
          <button class="button plain" type="submit">
            注销这张证照
          </button>
        </p>
      </form>
    )}
    <p>
      <a class="button" href="/">
        下一位
      </a>
    </p>
  </Page>
);

/** Renders the question before a certificate is ended, which nobody can take back. */
export const AskEndPage = ({
  place,
  identifier,
  what,
}: {
  place: string;
  identifier: string;
  what: string;
}): VNode => (
  <Page title="注销？" place={place}>
    <h1>注销这张证照？</h1>
    <p>
      <strong>{what}</strong>
    </p>
    <p class="hint">
      电子证照标识：<code>{identifier}</code>
    </p>
    <p>注销立即生效，不能恢复；持证人在“我的证照”里会看到。</p>
    <form method="post" action="/end/confirmed">
      <input type="hidden" name="identifier" value={identifier} />
      <p>
        <button class="button" type="submit">
          确认注销
        </button>
      </p>
    </form>
    <p>
      <a class="button plain" href="/">
        不注销，下一位
      </a>
    </p>
  </Page>
);

/** Renders the end of a certificate. */
export const EndedPage = ({ place }: { place: string }): VNode => (
  <Page title="已注销" place={place}>
    <h1>这张证照已注销</h1>
    <p>从现在起，再出示它会显示“已经失效”。</p>
    <p>
      <a class="button" href="/">
        下一位
      </a>
    </p>
  </Page>
);
