import Router from '@koa/router';
import type { Context } from 'koa';
import { ScannedPage } from '../../views/scanned.tsx';
import { VerifyPage } from '../../views/verify.tsx';
import { AppError } from '../base/error.ts';
import {
  type Credentials,
  type Directory,
  type Files,
  mostFileKb,
  type Photos,
  type Presentations,
} from '../directory/index.ts';
import type { Verdict } from '../terms/verdict.ts';
import { type PageSettings, pageContext } from './context.ts';
import { field, readForm } from './form.ts';
import { renderPage } from './render.ts';
import { readFile } from './upload.ts';

/** What a list itself says of how long it may be kept. */
const statusListTtlSeconds = 60;

export interface ScanDeps {
  directory: Directory;
  presentations: Presentations;
  photos: Photos;
  credentials: Credentials;
  files: Files;
  settings: PageSettings;
}

/** Where a list of statuses is published; credentials carry its address. */
export const statusListPath = (listId: string): string => `/status-lists/${listId}`;

/** Where verifiers of an SD-JWT VC look for its issuer's keys (draft-ietf-oauth-sd-jwt-vc, from memory). */
const issuerMetadataPath = '/.well-known/jwt-vc-issuer';

/**
 * Routes what anybody may ask without being anybody: whether a code that is shown, or a certificate by its identifier,
 * is genuine. Nothing else is told, so nothing of the person is read.
 */
export function createScanRoutes(deps: ScanDeps): Router {
  const router = new Router();
  router.get('/p/:code', (ctx) => showScanned(ctx, deps));
  // Copies carry this address as a code: asking is one more press, so that opening an address looks nothing up.
  router.get('/verify', (ctx) => showVerify(ctx, deps, null));
  router.post('/verify', readForm, (ctx) => takeVerify(ctx, deps));
  router.post('/verify/file', (ctx) => takeFile(ctx, deps));
  // The aggregation of Token Status List (from memory): where a machine without a network finds all there is to keep.
  router.get('/status-lists', async (ctx) => {
    ctx.body = { status_lists: await deps.credentials.statusListUris() };
    ctx.set('Cache-Control', `public, max-age=${statusListTtlSeconds}`);
  });
  router.get(issuerMetadataPath, async (ctx) => {
    ctx.body = await deps.credentials.issuerMetadata();
    ctx.set({
      'Cache-Control': `public, max-age=${statusListTtlSeconds}`,
      'Access-Control-Allow-Origin': '*',
    });
  });
  router.get(statusListPath(':listId'), async (ctx) => {
    ctx.body = await deps.credentials.statusListToken(String(ctx.params['listId']));
    ctx.type = 'application/statuslist+jwt';
    ctx.set({
      'Cache-Control': `public, max-age=${statusListTtlSeconds}`,
      'Access-Control-Allow-Origin': '*',
    });
  });
  router.get('/photos/:token', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    ctx.body = await deps.photos.openReference(String(ctx.params['token']));
    ctx.type = 'image/jpeg';
  });
  return router;
}

const showScanned = async (ctx: Context, deps: ScanDeps): Promise<void> => {
  ctx.set('Cache-Control', 'no-store');
  const code = String((ctx as { params?: { code?: string } }).params?.code);
  const { verdict } = await deps.presentations.take(code);
  ctx.type = 'html';
  // The address works once, so language and size lead to the page where one can ask again.
  ctx.body = renderPage(
    <ScannedPage context={pageContext(ctx, deps.settings, { path: '/verify' })} verdict={verdict} />,
  );
};

interface Asked {
  about: 'identifier' | 'file';
  identifier: string;
  verdict: Verdict | null;
  error: AppError | null;
}

const showVerify = (ctx: Context, deps: ScanDeps, asked: Asked | null): void => {
  const context = pageContext(ctx, deps.settings, { path: '/verify' });
  ctx.status = asked?.error?.status ?? 200;
  ctx.set('Cache-Control', 'no-store');
  ctx.type = 'html';
  ctx.body = renderPage(
    <VerifyPage
      context={context}
      identifier={asked?.identifier ?? givenIdentifier(ctx)}
      verdict={asked?.verdict ?? null}
      about={asked?.about ?? 'identifier'}
      megabytes={mostFileKb / 1024}
      {...(asked?.error ? { error: asked.error.text(context.language) } : {})}
    />,
  );
};

/** Reads what a code on a copy asks about; it holds no personal data. */
const givenIdentifier = (ctx: Context): string => {
  const { identifier } = ctx.query;
  return typeof identifier === 'string' ? identifier.slice(0, 128) : '';
};

const takeVerify = async (ctx: Context, deps: ScanDeps): Promise<void> => {
  const identifier = field(ctx, 'identifier').slice(0, 128);
  try {
    const verdict = await deps.directory.verifyCertificate({ identifier });
    showVerify(ctx, deps, { about: 'identifier', identifier, verdict, error: null });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    showVerify(ctx, deps, { about: 'identifier', identifier, verdict: null, error });
  }
};

/** Tells of a file the verdict alone: what stands on it, and for whom it was made, is for those who sign in. */
const takeFile = async (ctx: Context, deps: ScanDeps): Promise<void> => {
  const about = { about: 'file', identifier: '' } as const;
  try {
    const { verdict } = await deps.files.verifyFile({ bytes: await readFile(ctx, 'file', mostFileKb) });
    showVerify(ctx, deps, { ...about, verdict, error: null });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    showVerify(ctx, deps, { ...about, verdict: null, error });
  }
};
