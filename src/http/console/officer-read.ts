import type { Context } from 'koa';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { Officer } from '../../staff/index.ts';
import { pageContext } from '../context.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

/** Where the list of officers stands. */
export const listPath = '/console/officers';

/** Names the page of one officer. */
export const pathOf = (officerId: string): string => `${listPath}/${officerId}`;

/** Reads the officer whom the address names. Throws officer-missing, officer-not-allowed. */
export const readOfficer = (ctx: Context, { staff }: ConsoleDeps, { officerId }: Visit): Promise<Officer> =>
  staff.readOfficer({ officerId, subject: parameter(ctx, 'id') });

/** Names an officer, also one who has not given a name yet. */
export const nameOf = (ctx: Context, deps: ConsoleDeps, { name }: Officer): string =>
  name ?? textOf(pageContext(ctx, deps.settings).language).console.noName;

/** Runs what a form asks for; a refusal that can be put right is handed to `again`, and null comes back. */
export const trying = async <T>(
  deed: () => Promise<T>,
  again: (refusal: AppError) => unknown,
): Promise<T | null> => {
  try {
    return await deed();
  } catch (error) {
    const isShown = error instanceof AppError && (error.status === 400 || error.status === 409);
    if (!isShown) throw error;
    await again(error);
    return null;
  }
};
