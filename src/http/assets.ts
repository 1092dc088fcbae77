import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Middleware } from 'koa';
import { AppError } from '../base/error.ts';

interface Asset {
  body: Buffer;
  gzipped: Buffer;
  type: string;
  tag: string;
}

const require = createRequire(import.meta.url);
const script = 'text/javascript; charset=utf-8';

const assetFile = async (path: string, type: string): Promise<Asset> => {
  const body = await readFile(path);
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { body, gzipped: gzipSync(body, { level: 9 }), type, tag };
};

/**
 * Serves the few files the pages need, read and compressed once at start; nothing else of the disk can be reached.
 * The pages themselves are never compressed: they hold form tokens beside what a visitor typed, and the length of the
 * two compressed together would tell the one from the other (BREACH).
 */
export async function serveAssets(publicFolder: string): Promise<Middleware> {
  // The package lets nobody import its browser bundle by name; it lies beside the entry that may be.
  const passkeyLibrary = join(
    require.resolve('@simplewebauthn/browser'),
    '../../dist/bundle/index.umd.min.js',
  );
  const assets = new Map<string, Asset>([
    ['yihao.css', await assetFile(join(publicFolder, 'yihao.css'), 'text/css; charset=utf-8')],
    ['passkey.js', await assetFile(join(publicFolder, 'passkey.js'), script)],
    ['present.js', await assetFile(join(publicFolder, 'present.js'), script)],
    ['puzzle.js', await assetFile(join(publicFolder, 'puzzle.js'), script)],
    ['qr.js', await assetFile(join(publicFolder, 'qr.js'), script)],
    ['icon.svg', await assetFile(join(publicFolder, 'icon.svg'), 'image/svg+xml')],
    ['simplewebauthn-browser.js', await assetFile(passkeyLibrary, script)],
  ]);
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/assets/')) return next();
    const asset = assets.get(ctx.path.slice('/assets/'.length));
    if (asset === undefined) throw new AppError('not-found');
    const isGzipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    ctx.vary('Accept-Encoding');
    if (isGzipped) ctx.set('Content-Encoding', 'gzip');
    ctx.set({
      ETag: isGzipped ? `"${asset.tag}-gzip"` : `"${asset.tag}"`,
      'Cache-Control': 'public, max-age=300, must-revalidate',
    });
    ctx.status = 200;
    ctx.type = asset.type;
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = isGzipped ? asset.gzipped : asset.body;
  };
}
