/** The company of the demo: invented, and so is its code, which stands for no place. */
export const demoCompany = {
  name: '示例省青禾食品有限公司',
  creditCode: '91999999000000051Q',
  /** By the index in `demoPeople`: who its licence names, and who may act for it. */
  representative: 1,
  operator: 0,
} as const;
