import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { personOf } from './person.ts';
import type { PortalPage } from './visit.ts';

const idOf = (ctx: Context): string => String((ctx as { params?: Record<string, string> }).params?.['id']);

const sendFile = (ctx: Context, name: string, document: object): void => {
  ctx.set('Cache-Control', 'no-store');
  ctx.attachment(name);
  ctx.type = 'json';
  ctx.body = `${JSON.stringify(document, null, 2)}\n`;
};

/**
 * Hands out the proof that the event of one of the person's own ledger rows is in the audit chain; it holds no personal
 * data. Throws access-missing, audit-entry-missing, audit-entry-archived {file}, and audit-entry-unsealed in the row's first minute.
 */
export const downloadProof: PortalPage = async (ctx, deps, visit) => {
  const { accessId, at } = await deps.consent.findAccess(await personOf(deps, visit), idOf(ctx));
  const search = { recordId: accessId, type: 'access.recorded', limit: 1 };
  const [entry] = (await deps.audit.searchEntries(search)).entries;
  if (entry === undefined) {
    const cut = await deps.audit.archive.cutOf(at);
    throw cut === null
      ? new AppError('audit-entry-missing')
      : new AppError('audit-entry-archived', { file: cut.file });
  }
  sendFile(ctx, `yihao-proof-${accessId}.json`, await deps.audit.prove(entry.sequence));
};

/** Hands out the public keys by which a proof is verified. */
export const downloadProofKeys: PortalPage = async (ctx, deps) =>
  sendFile(ctx, 'yihao-audit-keys.json', await deps.auditKeys());
