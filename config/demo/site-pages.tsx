import type { ComponentChildren, VNode } from 'preact';
import { maskName, maskPhone } from '../../src/base/mask.ts';
import type { CertificateWish, ReadCertificate } from './site-certificates.ts';
import type { KnownPerson } from './site-client.ts';
import { type ProblemKind, problems } from './site-problem.ts';
import { levelText, type SiteLanguage, type SiteText, siteText } from './site-text.ts';

/** Who the site is, as its pages say it. */
export interface SiteFace {
  name: { zh: string; en: string };
  department: string;
  purpose: string;
  /** Department and purpose in English; the Chinese ones stand in for them. */
  english?: { department: string; purpose: string };
  /** Which of the calm colours it wears. */
  color: 'pine' | 'plum';
  /** Certificates that serve here instead of paper copies; none when left out. */
  wishes?: readonly CertificateWish[];
  /** Whether people come here for an organisation too. */
  organisations?: boolean;
}

/** What every page of a site is given. */
export interface SitePageProps {
  face: SiteFace;
  language: SiteLanguage;
}

const Page = ({
  face,
  language,
  title,
  children,
}: SitePageProps & { title: string; children: ComponentChildren }): VNode => {
  const text = siteText(language);
  const name = face.name[language];
  return (
    <html lang={text.html}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} - ${name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="stylesheet" href="/site.css" />
      </head>
      <body class={face.color}>
        <header>
          <div class="wide bar">
            <div>
              <p class="department">{(language === 'en' && face.english?.department) || face.department}</p>
              <p class="site">
                <a href="/">{name}</a>
              </p>
            </div>
            <a
              class="target"
              href={`/?lang=${text.other.language}`}
              lang={text.other.html}
              hreflang={text.other.html}
            >
              {text.other.label}
            </a>
          </div>
        </header>
        <main class="wide">{children}</main>
        <footer>
          <p class="wide">{text.footer}</p>
        </footer>
      </body>
    </html>
  );
};

const Wishes = ({ face: { wishes = [] }, language }: SitePageProps): VNode | null => {
  const words = siteText(language).certificates;
  return wishes.length === 0 ? null : (
    <section aria-labelledby="wishes">
      <h2 id="wishes">{words.choose}</h2>
      <p>{words.chooseHint}</p>
      <ul class="wishes">
        {wishes.map(({ id, name }) => (
          <li key={id}>
            <a href={`/login?with=${id}`}>{words.withOne.replace('{name}', name[language])}</a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Renders the home page of a visitor nobody knows. */
export const WelcomePage = ({ face, language }: SitePageProps): VNode => {
  const words = siteText(language).welcome;
  const name = language === 'en' ? face.name.en.toLowerCase() : face.name.zh;
  const purpose = (language === 'en' && face.english?.purpose) || face.purpose;
  return (
    <Page face={face} language={language} title={words.title}>
      <h1>{words.heading.replace('{name}', face.name[language])}</h1>
      <p>{words.lead.replace('{name}', name)}</p>
      <p>
        <a class="button" href="/login">
          {words.signIn}
        </a>
      </p>
      {face.organisations && (
        <p class="wishes">
          <a href="/login?for=organisation">{words.forOrganisation}</a>
        </p>
      )}
      <Wishes face={face} language={language} />
      <section aria-labelledby="why">
        <h2 id="why">{words.why}</h2>
        <p>
          {purpose}
          {language === 'en' ? '. ' : '。'}
          {words.promise}
        </p>
      </section>
    </Page>
  );
};

/** Renders the end of a visit. */
export const SignedOutPage = ({ face, language }: SitePageProps): VNode => {
  const words = siteText(language).signedOut;
  return (
    <Page face={face} language={language} title={words.title}>
      <h1>{words.heading}</h1>
      <p>{words.text}</p>
      <p>
        <a class="button plain" href="/">
          {words.back}
        </a>
      </p>
    </Page>
  );
};

const Fact = ({ name, children }: { name: string; children: ComponentChildren }): VNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Level = ({ text, acr }: { text: SiteText; acr: string }): VNode => (
  <>
    {levelText(text, acr)} <code class="hint">{acr}</code>
  </>
);

const moment = (language: SiteLanguage, at: Date): string =>
  new Intl.DateTimeFormat(siteText(language).html, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(at);

/** Renders the home page of a person who is signed in, with all the site knows of them. */
export const HomePage = (props: SitePageProps & { person: KnownPerson; formToken: string }): VNode => {
  const { face, language, person, formToken } = props;
  const text = siteText(language);
  const words = text.home;
  const { name, organisation, phone, signedInAt, acr } = person;
  return (
    <Page face={face} language={language} title={words.title}>
      <h1>{name === null ? words.hello : `${words.hello}${words.comma}${maskName(name)}`}</h1>
      <h2>{words.known}</h2>
      <dl>
        {name !== null && <Fact name={words.name}>{maskName(name)}</Fact>}
        {organisation && <Fact name={words.organisation}>{organisation}</Fact>}
        {phone !== null && <Fact name={words.phone}>{maskPhone(phone)}</Fact>}
        <Fact name={words.level}>{acr === null ? words.absent : <Level text={text} acr={acr} />}</Fact>
        <Fact name={words.signedInAt}>
          {signedInAt === null ? words.absent : `${moment(language, signedInAt)}${words.zone}`}
        </Fact>
        <Fact name={words.subject}>
          <code>{person.subject}</code>
          <span class="hint">{words.subjectHint}</span>
        </Fact>
      </dl>
      {person.allowed !== null && (
        <p class="wishes">
          <a href="/certificate">
            {text.certificates.look.replace('{name}', person.allowed.wish.name[language])}
          </a>
        </p>
      )}
      <Wishes face={face} language={language} />
      <form method="post" action="/logout">
        <input type="hidden" name="formToken" value={formToken} />
        <button class="button plain" type="submit">
          {words.signOut}
        </button>
      </form>
    </Page>
  );
};

/** Renders what the site read of a certificate, and that it keeps none of it. */
export const CertificatePage = (
  props: SitePageProps & { wish: CertificateWish; read: ReadCertificate },
): VNode => {
  const { face, language, wish, read } = props;
  const words = siteText(language).certificates;
  const title = words.title.replace('{name}', wish.name[language]);
  return (
    <Page face={face} language={language} title={title}>
      <h1>{title}</h1>
      <p>{words.lead}</p>
      <dl>
        <Fact name={words.issuer}>{read.issuerName}</Fact>
        {read.fields.map(({ name, label, value }) => (
          <Fact key={name} name={label[language]}>
            {value}
          </Fact>
        ))}
      </dl>
      <p class="hint">{words.withdraw}</p>
      <p class="wishes">
        <a href="/certificate">{words.again}</a>
      </p>
      <p>
        <a class="button plain" href="/">
          {words.back}
        </a>
      </p>
    </Page>
  );
};

/** Renders what went wrong and the way on. */
export const ProblemPage = (props: SitePageProps & { kind: ProblemKind; detail: string | null }): VNode => {
  const { face, language, kind, detail } = props;
  const words = siteText(language).problem;
  const { title, text } = problems[kind][language];
  return (
    <Page face={face} language={language} title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      {detail !== null && (
        <p class="hint">
          {words.code}
          <code>{detail}</code>
        </p>
      )}
      <p>
        <a class="button" href="/">
          {words.again}
        </a>
      </p>
    </Page>
  );
};
