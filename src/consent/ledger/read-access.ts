import { parseCertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { parseUseCause, type UseCause } from '../../terms/use-cause.ts';
import type { Person } from '../person.ts';
import { readPerson } from '../person.ts';
import { fieldInvalid, objectOf, readFieldNames, readIdentifier, readName, readText } from '../text.ts';
import {
  type AccessOutcome,
  type AccessRecord,
  type Basis,
  type Channel,
  channels,
  type Reader,
  readerKinds,
  type StatedPurpose,
  type ThingsRead,
} from './access-row.ts';

/** A read that is about to happen, or was refused. */
export interface NewAccess {
  person: Person;
  reader: Reader;
  what: { certificateIdentifier?: string; typeCode?: string; fields: readonly string[] };
  cause: UseCause | StatedPurpose;
  basis: Basis;
  outcome: AccessOutcome;
  channel: Channel;
  /** When it happened, if not now: a kiosk reports after it was offline. */
  at?: Date;
}

export const longestPurpose = 200;
const longestLaw = 128;

/** Reads what is to be recorded. Throws consent-field-invalid, use-cause-invalid, certificate-identifier-…. */
export function readAccess(
  given: NewAccess,
  now: Date,
): Pick<AccessRecord, 'reader' | 'what' | 'cause' | 'basis' | 'outcome' | 'channel' | 'at'> & Person {
  const at = given.at ?? now;
  if (Number.isNaN(at.getTime()) || at > now) throw fieldInvalid('at', 'not in the future');
  const channel = channels.find((known) => known === given.channel);
  if (channel === undefined) throw fieldInvalid('channel', channels.join(' | '));
  const reader = readReader(given.reader);
  return {
    ...readPerson(given.person),
    reader,
    what: readThings(given.what),
    cause: readCause(given.cause),
    basis: readBasis(given.basis, reader),
    outcome: readOutcome(given.outcome),
    channel,
    at,
  };
}

function readReader(given: Reader): Reader {
  const kind = readerKinds.find((known) => known === given.kind);
  if (kind === undefined) throw fieldInvalid('reader.kind', readerKinds.join(' | '));
  const id = readIdentifier(given.id, 'reader.id');
  // Whatever the caller calls the person: a citizen's name is personal data and stays out of the row.
  return {
    kind,
    id,
    name: kind === 'self' ? { zh: '本人', en: 'Yourself' } : readName(given.name, 'reader.name'),
  };
}

/** Reads what is read; nothing but names is taken over, whatever else the object carries. */
function readThings({ certificateIdentifier, typeCode, fields }: NewAccess['what']): ThingsRead {
  return {
    ...(certificateIdentifier === undefined
      ? {}
      : { certificateIdentifier: parseCertificateIdentifier(certificateIdentifier) }),
    ...(typeCode === undefined ? {} : { typeCode: readIdentifier(typeCode, 'what.typeCode') }),
    fields: readFieldNames(fields, 'what.fields'),
  };
}

function readCause(given: UseCause | StatedPurpose): UseCause | StatedPurpose {
  const purpose = readText(objectOf(given)['purpose'], 'cause.purpose', longestPurpose);
  return 'category' in given ? parseUseCause({ ...given, purpose }) : { purpose };
}

/** Reads a ground of law: the law and its article, as they are shown. Throws consent-field-invalid. */
export const readLaw = (given: { law: unknown; article: unknown }): { law: string; article: string } => ({
  law: readText(given.law, 'basis.law', longestLaw),
  article: readText(given.article, 'basis.article', longestLaw),
});

function readBasis(given: Basis, reader: Reader): Basis {
  if (given.kind === 'law') return { kind: 'law', ...readLaw(given) };
  if (given.kind === 'consent')
    return {
      kind: 'consent',
      authorisationId: readIdentifier(given.authorisationId, 'basis.authorisationId'),
    };
  if (given.kind !== 'self' || reader.kind !== 'self') throw fieldInvalid('basis', 'consent | law');
  return { kind: 'self' };
}

function readOutcome(given: AccessOutcome): AccessOutcome {
  if (given.kind === 'granted') return { kind: 'granted' };
  if (given.kind !== 'refused' || !/^[a-z][a-z0-9-]{1,63}$/.test(given.code))
    throw fieldInvalid('outcome', 'granted | refused + code');
  return { kind: 'refused', code: given.code };
}
