/** A SHA-256 digest in base64url, as digests of agreements and thumbprints of keys are written. */
const digestForm = /^[\w-]{43}$/;

/**
 * Ties digests to the option before them. One in sixty-four begins with a dash, which parseArgs takes for another option
 * and refuses.
 */
export const joinDigests = (words: readonly string[]): string[] => {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && /^--\w[\w-]*$/.test(before) && before.length < 43 && digestForm.test(word))
      joined[joined.length - 1] = `${before}=${word}`;
    else joined.push(word);
  }
  return joined;
};
