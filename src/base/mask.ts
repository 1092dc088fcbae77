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

/**
 * Hides all of a network address but what tells one network from another: 203.0.113.7 → 203.0.*.*, 2001:db8:1:2::7 →
 * 2001:db8:*.
 */
export const maskAddress = (address: string): string => {
  const bare = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  const four = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(bare);
  if (four !== null) return `${four[1]}.${four[2]}.*.*`;
  const six = /^([\da-f]{1,4}):([\da-f]{1,4}):/.exec(bare);
  return six === null ? '*' : `${six[1]}:${six[2]}:*`;
};
