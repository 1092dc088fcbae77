/** Hides all of a name but its last character: 张三丰 → **丰. */
export const maskName = (name: string): string => {
  const characters = [...name];
  return characters.map((c, i) => (i === characters.length - 1 && i > 0 ? c : '*')).join('');
};

/** Hides all of an identity number but its first and last characters. */
export const maskNumber = (number: string): string =>
  number.length <= 2
    ? '*'.repeat(number.length)
    : `${number[0]}${'*'.repeat(number.length - 2)}${number[number.length - 1]}`;

/** Hides all of a phone number but its last four digits. */
export const maskPhone = (phone: string): string =>
  `${'*'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-4)}`;
