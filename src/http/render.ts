import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Renders a page to the text of an HTML document; every value in it is escaped. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
