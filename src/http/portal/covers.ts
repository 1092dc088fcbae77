import type { Context } from 'koa';
import type { ShownCover } from '../../../views/portal/authorisation.tsx';
import { AppError } from '../../base/error.ts';
import type { Authorisation, Cover } from '../../consent/index.ts';
import type { CertificateType } from '../../directory/index.ts';
import { fieldLabel } from './labels.ts';

const inputOf = (cover: number, name: string): string => `allow.${cover}.${name}`;

/**
 * Reads the ticked boxes into covers; a field that was not offered is passed on, for the domain to refuse. Throws
 * authorisation-widened for a cover that was not.
 */
export const tickedCovers = (ctx: Context, asked: readonly Cover[]): Cover[] => {
  const boxes = [...new URLSearchParams(ctx.request.rawBody ?? '').keys()].flatMap((key) => {
    const [, cover, name] = /^allow\.(\d{1,3})\.(.+)$/s.exec(key) ?? [];
    return cover === undefined || name === undefined ? [] : [{ cover: Number(cover), name }];
  });
  if (boxes.some(({ cover }) => cover >= asked.length)) throw new AppError('authorisation-widened');
  return asked.flatMap((cover, index) => {
    const fields = boxes.filter((box) => box.cover === index).map(({ name }) => name);
    return fields.length === 0 ? [] : [{ ...cover, fields }];
  });
};

/** Shows what was allowed, or was asked as long as nothing was; ticked as last sent, all of it at first. */
export const shownCovers = (
  { asked, allowed }: Authorisation,
  types: Map<string, CertificateType>,
  language: 'zh' | 'en',
  ticked: ReadonlySet<string> | null,
): ShownCover[] =>
  (allowed.length === 0 ? asked : allowed).map(({ typeCode, certificateIdentifier, fields }, index) => ({
    typeName: types.get(typeCode)?.name[language] ?? typeCode,
    identifier: certificateIdentifier ?? null,
    fields: fields.map((name) => {
      const input = inputOf(index, name);
      const label = fieldLabel(types.get(typeCode), name, language);
      return { input, label, ticked: ticked?.has(input) ?? true };
    }),
  }));
