import { holderInput, type Values } from '../../../views/console/certificate-inputs.ts';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { type CertificateType, judgeFields } from '../../directory/index.ts';
import { mayAct, type Officer } from '../../staff/index.ts';
import { parseCalendarDate } from '../../terms/calendar-date.ts';
import { serialOf } from '../../terms/certificate-identifier.ts';
import { parseHolder } from '../../terms/holder.ts';
import { parseRegionCode } from '../../terms/region-code.ts';
import { type FormErrors, fieldsIn, holdersIn, inputOf, type TypedHolder } from './certificates-form.ts';
import type { ConsoleDeps } from './deps.ts';

/** Reads a term of the form; a refusal is placed at its input. */
const reading = (
  errors: FormErrors,
  input: string | ((refusal: AppError) => string),
  read: () => unknown,
): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    errors.set(typeof input === 'string' ? input : input(error), error);
  }
};

const judgeHolder = (errors: FormErrors, { row, holder }: TypedHolder, clock: Clock): void => {
  const inputFor = ({ code }: AppError): string => {
    if (code === 'holder-type-unknown') return holderInput(row, 'type');
    return holderInput(row, code.endsWith('name-invalid') ? 'name' : 'code');
  };
  reading(errors, inputFor, () => parseHolder(holder, clock));
};

/**
 * Finds what is wrong with a certificate as typed, all of it at once, each at its input: the terms and the face fields.
 * What hangs together (the days by the type's rule, a serial taken) the directory judges when it is issued.
 */
export function judge(
  { type, values, isNew }: { type: CertificateType; values: Values; isNew: boolean },
  officer: Officer,
  clock: Clock,
): FormErrors {
  const errors: FormErrors = new Map();
  const typed = (name: string): string => values[name] ?? '';
  if (isNew && !/^[0-9A-Z]{1,32}$/.test(serialOf(typed('serial'))))
    errors.set('serial', new AppError('certificate-serial-form'));
  if (typed('number') === '') errors.set('number', new AppError('certificate-number-invalid'));
  reading(errors, 'areaCode', () => {
    if (!mayAct(officer, 'certificates.issue', parseRegionCode(typed('areaCode'))))
      throw new AppError('certificate-area-elsewhere');
  });
  for (const day of ['issuedOn', 'validFrom', 'validUntil'])
    if (day === 'issuedOn' || typed(day) !== '') reading(errors, day, () => parseCalendarDate(typed(day)));
  for (const holder of holdersIn(type, values)) judgeHolder(errors, holder, clock);
  for (const { path, refusal } of judgeFields(type, fieldsIn(type, values)))
    errors.set(inputOf(type, values, path), refusal);
  return errors;
}

/**
 * Finds the photo to issue with: the latest accepted one of the first holder, under the profile of the type; none for a
 * type without. Throws certificate-photo-waiting, certificate-photo-required.
 */
export async function photoFor(
  { photos, directory, identity }: ConsoleDeps,
  { photoProfile }: CertificateType,
  [first]: readonly { type: string; code: string }[],
): Promise<{ photoId: string; photoDigest: string } | null> {
  if (photoProfile === null || first === undefined) return null;
  const accountId = first.type === '111' ? await identity.findAccountIdByNumber(first.code) : null;
  const holderIds = [directory.holderIndexOf(first), ...(accountId === null ? [] : [accountId])];
  const lists = await Promise.all(holderIds.map((holderId) => photos.listPhotosOf(holderId)));
  const fitting = lists.flat().filter(({ profileId }) => profileId === photoProfile);
  const [latest] = fitting
    .filter(({ review }) => review.state === 'accepted')
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  if (latest !== undefined) return { photoId: latest.photoId, photoDigest: latest.digest };
  const waits = fitting.some(({ review }) => review.state === 'pending');
  throw new AppError(waits ? 'certificate-photo-waiting' : 'certificate-photo-required');
}
