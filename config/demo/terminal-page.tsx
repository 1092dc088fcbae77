import type { VNode } from 'preact';
import type { SiteLanguage } from './site-text.ts';
import type { TerminalScreen } from './terminal-client.ts';
import { terminalText } from './terminal-text.ts';

type Words = (typeof terminalText)[SiteLanguage];

const lookSeconds = 5;

const Press = ({ action, words, plain }: { action: string; words: string; plain?: true }): VNode => (
  <form method="post" action={action}>
    <p>
      <button class={plain ? 'button plain' : 'button'} type="submit">
        {words}
      </button>
    </p>
  </form>
);

const Waiting = ({
  screen,
  words,
}: {
  screen: Extract<TerminalScreen, { kind: 'waiting' }>;
  words: Words;
}): VNode => (
  <>
    <h1>{words.scan}</h1>
    <p>{words.scanLead}</p>
    <p>
      <img src={screen.qrImage} alt={words.alt} width="240" height="240" />
    </p>
    <dl>
      <div>
        <dt>{words.address}</dt>
        <dd>{screen.address}</dd>
      </div>
      <div>
        <dt>{words.code}</dt>
        <dd>
          <strong>{screen.userCode}</strong>
        </dd>
      </div>
    </dl>
    <p>
      <a class="button" href="/terminal">
        {words.again}
      </a>
    </p>
    <p class="hint">{words.lasts}</p>
    <Press action="/terminal/leave" words={words.cancel} plain />
  </>
);

const Screen = ({ screen, words }: { screen: TerminalScreen; words: Words }): VNode => {
  if (screen.kind === 'waiting') return <Waiting screen={screen} words={words} />;
  if (screen.kind === 'greeted')
    return (
      <>
        <h1>{words.hello.replace('{name}', screen.name)}</h1>
        <p>{words.helloLead}</p>
        <Press action="/terminal/leave" words={words.leave} />
      </>
    );
  if (screen.kind === 'ended')
    return (
      <>
        <h1>{words.endings[screen.why]}</h1>
        <Press action="/terminal/start" words={words.retry} />
      </>
    );
  return (
    <>
      <h1>{words.idle}</h1>
      <Press action="/terminal/start" words={words.start} />
    </>
  );
};

/** Renders the terminal's one screen. */
export const TerminalPage = ({
  language,
  screen,
}: {
  language: SiteLanguage;
  screen: TerminalScreen;
}): VNode => {
  const words = terminalText[language];
  return (
    <html lang={words.html}>
      <head>
        <meta charset="utf-8" />
        <title>{`${words.title} - ${words.place}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {screen.kind === 'waiting' && (
          <meta http-equiv="refresh" content={`${lookSeconds + 1}; url=/terminal`} />
        )}
        <link rel="stylesheet" href="/site.css" />
      </head>
      <body class="pine">
        <header>
          <div class="wide bar">
            <div>
              <p class="department">{words.place}</p>
              <p class="site">
                <a href="/terminal">{words.title}</a>
              </p>
            </div>
            <a href={`/terminal?lang=${words.other}`}>{words.otherName}</a>
          </div>
        </header>
        <main class="wide">
          <Screen screen={screen} words={words} />
        </main>
        <footer>
          <p class="wide">{words.footer}</p>
        </footer>
      </body>
    </html>
  );
};
