import type { Context } from 'koa';
import type { PageContext } from '../../../views/layout.tsx';
import type { RecoveryField, RecoveryFormPageProps } from '../../../views/recover/form.tsx';
import type { Text } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';

const longestShown = 40;

/** Reads what was typed into a form of recovery. */
export const typedOf = (ctx: Context): { number: string; code: string } => ({
  number: field(ctx, 'number').slice(0, longestShown),
  code: field(ctx, 'code').slice(0, longestShown),
});

/** Lists the fields of a form: the number and, by its words, a code. */
export const fieldsOf = (
  { number, numberHint }: Text['recovery'],
  words: { code: string; codeHint: string } | null,
  autocomplete: RecoveryField['autocomplete'] = 'off',
): RecoveryField[] => [
  { name: 'number', label: number, hint: numberHint, autocomplete: 'off' },
  ...(words === null
    ? []
    : [{ name: 'code', label: words.code, hint: words.codeHint, autocomplete } as const]),
];

/** Refusals that a form says above its fields; any other is a page of its own, with its way on. */
export const isTold = (error: unknown): error is AppError =>
  error instanceof AppError && error.code !== 'recovery-attempt-expired' && error.code !== 'form-expired';

/** Says a refusal at the field it is about. */
export const refusedAt = (
  { language }: PageContext,
  refusal: AppError | undefined,
): Pick<RecoveryFormPageProps, 'error'> => {
  if (refusal === undefined) return {};
  const isNumber = /^(citizen-number|puzzle)-/.test(refusal.code);
  return { error: { field: isNumber ? 'number' : 'code', text: refusal.text(language) } };
};
