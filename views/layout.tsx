/**
 * The pages, as components of plain values: what each shows and where its forms go. It owns layout, words and style;
 * it decides nothing, reads nothing, and knows neither koa nor the domains. Control leaves as HTML text by src/http/render.ts.
 */
import type { ComponentChildren, VNode } from 'preact';
import { withParameter } from './parts/href.ts';
import { languageMark, plainName } from './parts/name.ts';
import { HelpLine } from './parts/notice.tsx';
import { PasskeyScripts } from './parts/scripts.tsx';
import { type Language, type Text, textOf } from './text/index.ts';

/** What every page needs to know of the visit. */
export interface PageContext {
  language: Language;
  size: 'normal' | 'large';
  /** Path (and query) that shows this page again by GET; language and size links add to it. */
  path: string;
  regionName: string;
  /** Telephone number of the help line, or a few words. */
  helpLine: string;
  /** The site the person is signing in to, and where it lives. */
  siteName?: string;
  siteUrl?: string;
}

export interface LayoutProps {
  context: PageContext;
  title: string;
  children: ComponentChildren;
  /** Says in the title that something is to be corrected. */
  wrong?: boolean;
  /** Shows above the heading which site is being signed in to, when it is known. */
  siteAbove?: boolean;
  passkeys?: boolean;
  /** Renews the code that is shown on the page. */
  presenting?: boolean;
  /** Hears what the phone answers to the code that is shown on the page. */
  waiting?: boolean;
  /** Solves the puzzle that stands in the form. */
  puzzling?: boolean;
}

/** Returns the site's name as it may stand in a sentence, or “the site”. */
export const siteNameOf = (context: PageContext): string =>
  plainName(context.siteName ?? '') || textOf(context.language).layout.thatSite;

const Header = ({ context, text }: { context: PageContext; text: Text }): VNode => {
  const { language, size, path } = context;
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <header>
      <div class="wide bar">
        <p class="brand">
          <span class="mark" aria-hidden="true">
            一
          </span>
          <span>
            <strong>{text.product}</strong>{' '}
            <span class="region" lang={languageMark(language, context.regionName)}>
              {plainName(context.regionName)}
            </span>
          </span>
        </p>
        <nav class="bar" aria-label={text.layout.preferences}>
          <a
            class="target"
            href={withParameter(path, 'ui_lang', other)}
            lang={textOf(other).htmlLanguage}
            hreflang={textOf(other).htmlLanguage}
          >
            {text.layout.otherLanguage}
          </a>
          <a class="target" href={withParameter(path, 'ui_size', size === 'large' ? 'normal' : 'large')}>
            {size === 'large' ? text.layout.normalType : text.layout.largeType}
          </a>
        </nav>
      </div>
    </header>
  );
};

const ContextLine = ({ context, text }: { context: PageContext; text: Text }): VNode => (
  <p class="context">
    {text.layout.signingIn}
    <strong lang={languageMark(context.language, context.siteName ?? '')}>{siteNameOf(context)}</strong>
  </p>
);

const Footer = ({ context, text }: { context: PageContext; text: Text }): VNode => (
  <footer>
    <div class="wide">
      <p>{text.layout.advice}</p>
      <p>
        {text.layout.helpLine}
        <HelpLine number={context.helpLine} />
      </p>
    </div>
  </footer>
);

/** Renders the whole document around a page. */
export const Layout = (props: LayoutProps): VNode => {
  const { context, title, children, wrong, siteAbove, passkeys, presenting, waiting, puzzling } = props;
  const text = textOf(context.language);
  return (
    <html lang={text.htmlLanguage} class={context.size === 'large' ? 'large' : undefined}>
      <head>
        <meta charset="utf-8" />
        <title>{`${wrong ? text.layout.errorPrefix : ''}${title} - ${text.product}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/yihao.css" />
        {presenting && <script src="/assets/present.js" type="module" />}
        {waiting && <script src="/assets/qr.js" type="module" />}
        {puzzling && <script src="/assets/puzzle.js" type="module" />}
        {passkeys && <PasskeyScripts />}
      </head>
      <body>
        <a class="skip" href="#main">
          {text.layout.skip}
        </a>
        <Header context={context} text={text} />
        <main id="main" tabIndex={-1}>
          {siteAbove && context.siteName && <ContextLine context={context} text={text} />}
          {children}
        </main>
        <Footer context={context} text={text} />
      </body>
    </html>
  );
};
