import type { verifyFileZh } from './verify-file-zh.ts';

/** The words of the public verification of files, in English. */
export const verifyFileEn: typeof verifyFileZh = {
  title: 'Check a file',
  lead: 'Choose the copy (PDF, PNG), credential (SD-JWT) or sealed file (JSON) you were given, to see whether it is as it was issued here and in force.',
  file: 'The file to check',
  hint: 'At most {megabytes} MB. Choose the file itself: a screenshot, a photo of it or a file saved anew does not pass. It is compared in memory and not kept.',
  ask: 'Check the file',
  notGenuineText: 'It was not issued here, or was altered since. Do not rely on it.',
};
