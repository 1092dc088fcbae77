import { describe, expect, test } from '@jest/globals';
import type { VNode } from 'preact';
import { renderPage } from '../../src/http/render.ts';
import { ErrorPage } from '../../views/error.tsx';
import { ConsentPage } from '../../views/interaction/consent.tsx';
import { PasskeyOfferPage } from '../../views/interaction/passkey-offer.tsx';
import { PasswordPage, type PasswordPageProps } from '../../views/interaction/password.tsx';
import { PasswordPausedPage } from '../../views/interaction/password-paused.tsx';
import { SignInPage } from '../../views/interaction/sign-in.tsx';
import { SignOutPage } from '../../views/sign-out.tsx';
import { SignedOutPage } from '../../views/signed-out.tsx';
import { contextOf, everyPage } from './pages.ts';

const context = contextOf();
const form = { context, action: '/act', csrf: 'csrf-1' };

const passwordPage = (changes: Partial<PasswordPageProps> = {}): string =>
  renderPage(
    PasswordPage({ ...form, signInHref: '/in', abortAction: '/abort', values: {}, errors: [], ...changes }),
  );

const titleOf = (html: string): string | undefined => html.match(/<title>(.*?)<\/title>/)?.[1];

describe('hostile values', () => {
  const siteName = '</p><script>alert(1)</script>"\u202Egro.live\u202C';

  test('a site name cannot become markup nor turn the words around it, on any page', () => {
    for (const page of Object.values(everyPage(contextOf({ siteName })))) {
      const html = renderPage(page);
      expect(html).not.toContain('<script>alert');
      expect(html).not.toMatch(/[\u202A-\u202E]/);
    }
    const html = renderPage(everyPage(contextOf({ siteName })).signIn ?? <p />);
    expect(html).toContain('&lt;script>alert(1)');
  });

  test('options cannot leave their attribute', () => {
    const options = { challenge: '"><script>alert(1)</script>' };
    const html = renderPage(PasskeyOfferPage({ ...form, options }));
    expect(html).not.toContain('"><script>alert');
    expect(html).toContain('data-options="{&quot;challenge&quot;');
  });

  test('an address that runs a script is dropped with its link', () => {
    const pages: VNode[] = [
      ErrorPage({
        context: contextOf({ siteUrl: 'javascript:alert(1)' }),
        status: 400,
        text: '有误',
        code: 'c',
        traceCode: 't',
        siteHref: 'java\tscript:alert(1)',
      }),
      SignedOutPage({ context, backHref: 'javascript:alert(1)' }),
    ];
    for (const page of pages) {
      const html = renderPage(page);
      expect(html).not.toMatch(/script:/);
      expect(html).not.toMatch(/返回/);
    }
  });
});

describe('the sign-in page', () => {
  const html = renderPage(
    SignInPage({
      ...form,
      passwordHref: '/password',
      qrHref: '/qr',
      options: { challenge: 'x' },
      abortAction: '/abort',
    }),
  );

  test('names the site above the heading', () => {
    expect(html.indexOf('您正在登录：<strong>示例公积金')).toBeGreaterThan(0);
    expect(html.indexOf('您正在登录：')).toBeLessThan(html.indexOf('<h1>'));
  });

  test('posts the passkey answer with the form token, empty until there is one', () => {
    expect(html).toContain(
      '<form id="passkey-form" method="post" action="/act" data-options="{&quot;challenge&quot;:&quot;x&quot;}">',
    );
    expect(html).toContain('name="csrf" value="csrf-1"');
    expect(html).toMatch(/name="response" value(=""|\/)/);
    expect(html).toContain('用人脸、指纹或锁屏密码登录</button>');
  });

  test('leads to the password, back to the site, and says so without scripts', () => {
    expect(html).toContain('<a class="button secondary" href="/password">用密码登录</a>');
    expect(html).toMatch(/<form method="post" action="\/abort">.*返回示例公积金<\/button>/);
    expect(html).toMatch(/<noscript>.*请用密码登录.*<\/noscript>/);
  });

  test('keeps the words of a failure ready, hidden', () => {
    expect(html).toMatch(/id="passkey-failed" hidden role="alert"/);
  });
});

describe('the password page', () => {
  test('is clean before the first try', () => {
    const html = passwordPage();
    expect(titleOf(html)).toBe('用密码登录 - 一号');
    expect(html).not.toContain('role="alert"');
    expect(html).not.toContain('aria-invalid');
  });

  test('says what to correct in the title, in a summary and at the field', () => {
    const html = passwordPage({
      errors: [{ field: 'password', text: '请输入密码。' }],
      values: { number: '99' },
    });
    expect(titleOf(html)).toBe('错误：用密码登录 - 一号');
    expect(html).toContain('请更正以下问题');
    expect(html).toContain('href="#password">请输入密码。</a>');
    expect(html).toMatch(/<input id="password"[^>]*aria-describedby="password-error" aria-invalid="true"/);
    expect(html).toMatch(/<input id="number"[^>]*value="99"/);
    expect(html).not.toMatch(/<input id="number"[^>]*aria-invalid/);
  });

  test('lets password managers and passkeys fill the fields', () => {
    const html = passwordPage({ options: { challenge: 'x' }, passkeyAction: '/passkey' });
    expect(html).toContain('autocomplete="username webauthn"');
    expect(html).toContain('autocomplete="current-password"');
    expect(html).toContain('action="/passkey" data-autofill-options="{&quot;challenge');
    expect(passwordPage()).not.toContain('data-autofill-options');
  });
});

describe('the page of a pause', () => {
  const html = renderPage(
    PasswordPausedPage({
      ...form,
      reason: '请在 14 分钟后重试。',
      signInHref: '/in',
      passwordHref: '/password',
      abortAction: '/abort',
    }),
  );

  test('says how long, and asks for nothing that would be refused', () => {
    expect(html).toContain('<p class="lead">请在 14 分钟后重试。</p>');
    expect(html).not.toMatch(/<input (?!type="hidden")/);
  });

  test('leads to the passkey, to another number and back to the site', () => {
    expect(html).toContain('href="/in">用人脸、指纹或锁屏密码登录</a>');
    expect(html).toContain('href="/password">换一个证件号码</a>');
    expect(html).toMatch(/action="\/abort">.*返回示例公积金<\/button>/);
  });
});

describe('the page of an error', () => {
  const errorPage = (status: number, siteHref?: string): string =>
    renderPage(
      ErrorPage({
        context,
        status,
        text: '有误。',
        code: 'c',
        traceCode: 't',
        ...(siteHref && { siteHref }),
      }),
    );

  test('leads back to the site the person came from, and says so when it is to start again', () => {
    expect(errorPage(400, 'https://fund.example/')).toContain(
      'href="https://fund.example/">返回示例公积金</a>',
    );
    expect(errorPage(410, 'https://fund.example/')).toContain('>回到示例公积金重新开始</a>');
  });

  test('leads to the front page when no site is known', () => {
    expect(errorPage(404)).toContain('href="/">回到首页</a>');
  });
});

describe('decisions', () => {
  test('to refuse consent looks the same as to agree, and another person can take over', () => {
    const html = renderPage(ConsentPage({ ...form, items: [], maskedName: '**丰' }));
    expect(html).toContain('<h1>在示例公积金使用以下信息</h1>');
    const classOf = (value: string) =>
      html.match(new RegExp(`class="([^"]+)" name="decision" value="${value}"`))?.[1];
    expect(classOf('agree')).toBe('button primary');
    expect(classOf('refuse')).toBe(classOf('agree'));
    expect(classOf('switch')).toBe('button quiet');
    expect(html).toContain('**丰');
  });

  test('consent says what each piece is, what it is for, and shows it masked', () => {
    const item = { id: 'name', label: '姓名', detail: '用于填表。', value: '**丰' };
    const html = renderPage(
      ConsentPage({ ...form, items: [item], purpose: '提取公积金', maskedName: '**丰' }),
    );
    expect(html).toMatch(/姓名<\/strong>.*\*\*丰.*用于填表。/);
    expect(html).toContain('提取公积金');
    expect(html).not.toContain('主办单位');
  });

  test('the passkey offer can be left by a button of the same form', () => {
    const html = renderPage(PasskeyOfferPage({ ...form, options: {}, device: '小明的手机' }));
    expect(html).toMatch(/<form id="passkey-register".*name="skip" value="1">以后再说<\/button>.*<\/form>/);
    expect(html).toMatch(/name="device" value="小明的手机"/);
  });

  test('signing out carries the names the provider reads, and staying carries none', () => {
    const html = renderPage(SignOutPage({ context, action: '/end', xsrf: 'secret' }));
    expect(html).toContain('name="xsrf" value="secret"');
    expect(html).toContain('name="logout" value="yes">退出登录</button>');
    expect(html).toContain('<button type="submit" class="button secondary">保持登录</button>');
  });
});
