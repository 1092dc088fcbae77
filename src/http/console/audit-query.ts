import type { AuditQuery } from '../../../views/console/audit.tsx';
import type { EntrySearch } from '../../audit/index.ts';
import { daysOf } from './days.ts';

/** Reads a search from where its fields stand: the address, or a form. */
export const queryOf = (typedIn: (name: string) => unknown): AuditQuery => {
  const given = (name: string): string => {
    const value = typedIn(name);
    return typeof value === 'string' ? value.trim().slice(0, 128) : '';
  };
  return {
    actor: given('actor'),
    record: given('record'),
    mention: given('mention'),
    type: given('type'),
    from: given('from'),
    to: given('to'),
  };
};

/** Turns what was typed into a search; the names of days that are none come beside it. */
export const searchOf = ({
  actor,
  record,
  mention,
  type,
  from,
  to,
}: AuditQuery): { search: EntrySearch; wrong: string[] } => {
  const { range, wrong } = daysOf({ from, to });
  const search = {
    ...(actor === '' ? {} : { actor }),
    ...(record === '' ? {} : { recordId: record }),
    ...(mention === '' ? {} : { mention }),
    ...(type === '' ? {} : { type }),
    ...range,
  };
  return { search, wrong };
};
