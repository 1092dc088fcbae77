import type { ComponentChildren, VNode } from 'preact';
import type { FaceSession, SentMessage } from './authority-state.ts';

const Page = ({ title, children }: { title: string; children: ComponentChildren }): VNode => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href="/site.css" />
    </head>
    <body class="plum">
      <main class="wide">{children}</main>
      <footer>
        <p class="wide">
          演示：这些系统和人员都是虚构的，没有短信真的发出。 A simulation: nothing is sent to anyone.
        </p>
      </footer>
    </body>
  </html>
);

/** Renders the messages that were “sent”, and who can register by hand. */
export const OutboxPage = ({
  messages,
  newcomers,
}: {
  messages: readonly SentMessage[];
  newcomers: readonly { name: string; number: string; phone: string }[];
}): VNode => (
  <Page title="短信发件箱 · SMS outbox">
    <h1>短信发件箱 · SMS outbox</h1>
    {messages.length === 0 && <p>还没有短信。 None yet.</p>}
    <ul>
      {messages.map(({ id, phone, text }) => (
        <li key={id}>
          <strong>{phone}</strong> {text}
        </li>
      ))}
    </ul>
    <h2>可以注册的虚构人员 · People who can register</h2>
    <ul>
      {newcomers.map(({ name, number, phone }) => (
        <li key={number}>
          {name} · <code>{number}</code> · <code>{phone}</code>
        </li>
      ))}
    </ul>
  </Page>
);

/** Renders the stand-in for a camera: whoever sits before it chooses what comes of the check. */
export const FacePage = ({ session, name }: FaceSession): VNode => (
  <Page title="人脸核验（模拟）">
    <h1>人脸核验（模拟）</h1>
    <p>正在核验：{name}</p>
    <form method="post" action={`/face/${session}`}>
      <button class="button" type="submit" name="outcome" value="passed">
        通过 · Pass
      </button>
      <button class="button plain" type="submit" name="outcome" value="failed">
        不通过 · Fail
      </button>
    </form>
  </Page>
);
