import type { VNode } from 'preact';
import type { DemoName } from './cities.ts';
import type { SiteLanguage } from './site-text.ts';

/** A verdict in words. */
export interface KioskVerdict {
  heading: string;
  lines: string[];
  rows: { label: string; value: string }[];
}

const zh = {
  html: 'zh-CN',
  other: 'en',
  otherName: 'English',
  title: '离线核验',
  online: '有网络时的扫码页',
  heading: '没有网络时扫码核验',
  lead: '核验只用本机存下的密钥和状态列表，不联网。结果会写明本机所知截至何时。',
  code: '离线二维码内容（扫码枪会自动输入）',
  check: '核验',
  next: '下一位',
  update: '联网更新密钥和状态列表',
  updateHint: '上班前、网络恢复后各更新一次；超过 12 小时没有更新就无法核验。',
  footer: '演示窗口：机构、人员和证照都是虚构的。',
};

const en: typeof zh = {
  html: 'en',
  other: 'zh',
  otherName: '中文',
  title: 'Offline check',
  online: 'The page for scanning with a network',
  heading: 'Check a code without a network',
  lead: 'Only the keys and lists kept on this machine are used; nothing is asked. The result says as of when it is known.',
  code: 'What the offline code says (a scanner types it)',
  check: 'Check',
  next: 'Next person',
  update: 'Update keys and lists from the network',
  updateHint:
    'Update before work and when the network is back; after 12 hours without, nothing can be checked.',
  footer: 'A demo: authorities, people and certificates are invented.',
};

const Result = ({ verdict, next }: { verdict: KioskVerdict; next: string }): VNode => (
  <>
    <h1>{verdict.heading}</h1>
    <div role="status">
      {verdict.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
    <dl>
      {verdict.rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <p>
      <a class="button" href="/offline">
        {next}
      </a>
    </p>
  </>
);

const Asking = ({ words, news }: { words: typeof zh; news: readonly string[] }): VNode => (
  <>
    <h1>{words.heading}</h1>
    {news.length > 0 && (
      <div role="status">
        {news.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    )}
    <p>{words.lead}</p>
    <form method="post" action="/offline/check">
      <p>
        <label for="code">{words.code}</label>
        <input id="code" name="code" type="text" autocomplete="off" required />
      </p>
      <p>
        <button class="button" type="submit">
          {words.check}
        </button>
      </p>
    </form>
    <form method="post" action="/offline/update">
      <p class="hint">{words.updateHint}</p>
      <p>
        <button class="button plain" type="submit">
          {words.update}
        </button>
      </p>
    </form>
  </>
);

/** Renders the clerk's page for a counter without a network: a scanner types the code and presses Enter. */
export const KioskPage = ({
  language,
  place,
  verdict,
  news = [],
}: {
  language: SiteLanguage;
  place: DemoName;
  verdict?: KioskVerdict;
  news?: readonly string[];
}): VNode => {
  const words = language === 'en' ? en : zh;
  return (
    <html lang={words.html}>
      <head>
        <meta charset="utf-8" />
        <title>{`${verdict?.heading ?? words.title} - ${place[language]}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href="/site.css" />
      </head>
      <body class="pine">
        <header>
          <div class="wide bar">
            <div>
              <p class="department">{place[language]}</p>
              <p class="site">
                <a href="/offline">{words.title}</a>
              </p>
            </div>
            <a href={`/offline?lang=${words.other}`}>{words.otherName}</a>
          </div>
        </header>
        <main class="wide">
          {verdict === undefined ? (
            <Asking words={words} news={news} />
          ) : (
            <Result verdict={verdict} next={words.next} />
          )}
          <p>
            <a href="/">{words.online}</a>
          </p>
        </main>
        <footer>
          <p class="wide">{words.footer}</p>
        </footer>
      </body>
    </html>
  );
};
