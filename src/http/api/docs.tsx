import type { Middleware } from 'koa';
import type { InterfaceDocument } from '../../../views/api/document.ts';
import { InterfacePage } from '../../../views/api/interface.tsx';
import { type PageSettings, pageContext } from '../context.ts';
import { renderPage } from '../render.ts';

/** Shows the description of the interface as a page, made from the very document that machines read. */
export const showDocs =
  (settings: PageSettings, document: InterfaceDocument): Middleware =>
  (ctx) => {
    const context = pageContext(ctx, settings, { path: '/api/docs' });
    ctx.type = 'html';
    ctx.body = renderPage(<InterfacePage context={context} document={document} />);
  };
