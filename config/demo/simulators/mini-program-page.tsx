import type { VNode } from 'preact';
import type { MiniProgramPerson } from '../mini-program-client.ts';
import { type PlatformUser, platformUsers } from './mini-program-platform.ts';

export interface MiniProgramScreen {
  person: MiniProgramPerson | null;
  /** What to say of the last act. */
  message: string | null;
}

const Users = ({ id }: { id: string }): VNode => (
  <p>
    <label for={id}>微信用户 · WeChat user</label>{' '}
    <select id={id} name="user">
      {platformUsers.map((user: PlatformUser) => (
        <option key={user} value={user}>
          {user}
        </option>
      ))}
    </select>
  </p>
);

/** Renders the telephone on which the sample mini-program is open. */
export const MiniProgramScreenPage = ({ person, message }: MiniProgramScreen): VNode => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>示例小程序 · Sample mini-program</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href="/site.css" />
    </head>
    <body class="plum">
      <main class="wide">
        <h1>示例小程序 · Sample mini-program</h1>
        {message !== null && <p role="status">{message}</p>}
        {person !== null && (
          <p>
            {person.name}，您好。 Hello. <code>{person.level}</code>
          </p>
        )}
        <form method="post" action="/sign-in">
          <Users id="sign-in-user" />
          <button class="button" type="submit">
            登录 · Sign in
          </button>
        </form>
        <h2>关联一号账号 · Link a Yihao account</h2>
        <form method="post" action="/bind">
          <Users id="bind-user" />
          <p>
            <label for="link-code">关联码 · Link code</label>{' '}
            <input id="link-code" name="link_code" inputMode="numeric" autocomplete="off" />
          </p>
          <button class="button" type="submit">
            关联 · Link
          </button>
        </form>
      </main>
      <footer>
        <p class="wide">演示：没有真的微信。 A simulation: this is not WeChat.</p>
      </footer>
    </body>
  </html>
);
