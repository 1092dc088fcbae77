/** A synthetic person of the demo. Nobody has these numbers: their address code stands for no place or no living birth year. */
export interface DemoPerson {
  /** 18 characters of GB 11643; the address code is 999999, or a Hong Kong permit of the 1880s. */
  readonly number: string;
  readonly name: string;
  /** 11 digits; the demo sends no message to anyone. */
  readonly phone: string;
  readonly password?: string;
}

/** The password every demo person has. It is public: never seed it anywhere but in the demo. */
export const demoPassword = 'Yihao-demo-2026';

/** The province of the demo. 99 is the prefix of no province, so no real place is named. */
export const demoRegion = { code: '990000', name: '示例省' } as const;

/** The city below it where the people are at home. */
export const demoHome = { code: '990200', name: '示例市乙' } as const;

const numbersAndNames: readonly (readonly [number: string, name: string])[] = [
  ['999999199001010016', '陈知远'],
  ['999999200002290027', '林晚晴'],
  ['999999194910011232', '周怀德'],
  ['999999199901010089', '苏念安'],
  ['810000188801010013', '梁景行'],
  ['999999198506150028', '何静姝'],
  ['999999194910011240', '郑淑贤'],
  // Outside the basic plane: a name of three characters and four UTF-16 units.
  ['999999198703120039', '林𠮷安'],
  ['999999199207240044', '龚䶮'],
  ['999999196311050079', '高立本'],
  ['999999200509180118', '宋嘉树'],
  ['999999197802200064', '阿丽亚·吐尔逊'],
  ['999999199506090154', '欧阳清和'],
  ['999999195604300022', '沈若兰'],
  // A child at the time of the demo.
  ['999999201106010055', '许一诺'],
  ['999999198112240098', '韩守拙'],
  ['999999197008080181', '冯秋实'],
  ['999999200305170102', '叶思源'],
  ['999999198909260133', '唐明远'],
  // The check character is X.
  ['99999919980103012X', '谢云舒'],
];

/** The twenty people of the demo, each with a phone of the row 1990000000n. */
export const demoPeople: readonly DemoPerson[] = numbersAndNames.map(([number, name], index) => ({
  number,
  name,
  phone: String(19_900_000_001 + index),
  password: demoPassword,
}));
