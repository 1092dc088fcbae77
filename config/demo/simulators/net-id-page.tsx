import type { ComponentChildren, VNode } from 'preact';
import { type NetIdFault, netIdFaults, netIdPeople } from './net-id-provider.ts';

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
      <main class="wide">
        <h1>{title}</h1>
        {children}
      </main>
      <footer>
        <p class="wide">
          演示：没有真的网号，人员都是虚构的。 A simulation: no real net-ID, and nobody here is real.
        </p>
      </footer>
    </body>
  </html>
);

/** Renders the moment in which a person confirms who they are, or turns back. */
export const NetIdConfirmPage = ({ query }: { query: string }): VNode => (
  <Page title="网号（模拟） · Net-ID (simulated)">
    <form method="post" action={`/authorize?${query}`}>
      <p>
        <label for="person">网号的主人 · Whose net-ID</label>{' '}
        <select id="person" name="person">
          {netIdPeople.map(({ name }, place) => (
            <option key={name} value={place}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label for="as">核验方式 · Checked by</label>{' '}
        <select id="as" name="as">
          <option value="face">人脸 · face</option>
          <option value="password">口令 · password</option>
        </select>
      </p>
      <button class="button" type="submit" name="decision" value="confirm">
        是我 · It is me
      </button>
      <button class="button" type="submit" name="decision" value="deny">
        返回 · Turn back
      </button>
    </form>
  </Page>
);

/** Renders what goes wrong now, and the form that orders it. */
export const NetIdFaultPage = ({ fault }: { fault: NetIdFault | null }): VNode => (
  <Page title="网号服务（模拟） · Net-ID service (simulated)">
    <p>
      现在 · Now: <code>{fault ?? 'none'}</code>
    </p>
    <form method="post" action="/">
      <p>
        <label for="fault">让它出错 · Make it fail</label>{' '}
        <select id="fault" name="fault">
          <option value="">none</option>
          {netIdFaults.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </p>
      <button class="button" type="submit">
        设定 · Set
      </button>
    </form>
  </Page>
);
