import type { ComponentChildren, VNode } from 'preact';
import { maskName, maskPhone } from '../../src/base/mask.ts';
import type { KnownPerson } from './site-client.ts';
import { type ProblemKind, problems } from './site-problem.ts';

/** Who the site is, as its pages say it. */
export interface SiteFace {
  name: { zh: string; en: string };
  department: string;
  purpose: string;
  /** Which of the calm colours it wears. */
  color: 'pine' | 'plum';
}

const Page = ({
  face,
  title,
  children,
}: {
  face: SiteFace;
  title: string;
  children: ComponentChildren;
}): VNode => (
  <html lang="zh-CN">
    <head>
      <meta charset="utf-8" />
      <title>{`${title} - ${face.name.zh}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no" />
      <link rel="stylesheet" href="/site.css" />
    </head>
    <body class={face.color}>
      <header>
        <div class="wide">
          <p class="department">{face.department}</p>
          <p class="site">
            <a href="/">{face.name.zh}</a> <span lang="en">{face.name.en}</span>
          </p>
        </div>
      </header>
      <main class="wide">{children}</main>
      <footer>
        <p class="wide">演示网站：机构、人员和证件号码都是虚构的，请勿填写真实信息。</p>
      </footer>
    </body>
  </html>
);

/** Renders the home page of a visitor nobody knows. */
export const WelcomePage = ({ face }: { face: SiteFace }): VNode => (
  <Page face={face} title="首页">
    <h1>{face.name.zh}网上办事</h1>
    <p>登录后可以查询和办理{face.name.zh}业务。</p>
    <p>
      <a class="button" href="/login">
        使用一号登录
      </a>
    </p>
    <section aria-labelledby="why">
      <h2 id="why">为什么要登录</h2>
      <p>{face.purpose}。本站不保存您的密码，也看不到您在其他网站办了什么。</p>
    </section>
  </Page>
);

const moment = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Asia/Shanghai',
});

const Fact = ({ name, children }: { name: string; children: ComponentChildren }): VNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

export interface HomePageProps {
  face: SiteFace;
  person: KnownPerson;
  formToken: string;
}

/** Renders the home page of a person who is signed in, with all the site knows of them. */
export const HomePage = ({ face, person, formToken }: HomePageProps): VNode => (
  <Page face={face} title="我的首页">
    <h1>您好{person.name === null ? '' : `，${maskName(person.name)}`}</h1>
    <h2>本站知道您的这些信息</h2>
    <dl>
      {person.name !== null && <Fact name="姓名">{maskName(person.name)}</Fact>}
      {person.phone !== null && <Fact name="手机号码">{maskPhone(person.phone)}</Fact>}
      <Fact name="本站识别码">
        <code>{person.subject}</code>
        <span class="hint">只在本站使用，其他网站得到的是另一个码。</span>
      </Fact>
      <Fact name="登录时间">
        {person.signedInAt === null ? '未提供' : `${moment.format(person.signedInAt)}（北京时间）`}
      </Fact>
      <Fact name="认证等级">{person.acr === null ? '未提供' : <code>{person.acr}</code>}</Fact>
    </dl>
    <form method="post" action="/logout">
      <input type="hidden" name="formToken" value={formToken} />
      <button class="button plain" type="submit">
        退出登录
      </button>
    </form>
  </Page>
);

/** Renders the end of a visit. */
export const SignedOutPage = ({ face }: { face: SiteFace }): VNode => (
  <Page face={face} title="已退出">
    <h1>您已退出</h1>
    <p>本站已不再记得您。用公用电脑的，请同时关闭浏览器。</p>
    <p>
      <a class="button plain" href="/">
        回到首页
      </a>
    </p>
  </Page>
);

/** Renders what went wrong and the way on. */
export const ProblemPage = ({
  face,
  kind,
  detail,
}: {
  face: SiteFace;
  kind: ProblemKind;
  detail: string | null;
}): VNode => (
  <Page face={face} title={problems[kind].title}>
    <h1>{problems[kind].title}</h1>
    <p>{problems[kind].text}</p>
    <p lang="en">{problems[kind].en}</p>
    {detail !== null && (
      <p class="hint">
        错误代码：<code>{detail}</code>
      </p>
    )}
    <p>
      <a class="button" href="/">
        重新开始
      </a>
    </p>
  </Page>
);
