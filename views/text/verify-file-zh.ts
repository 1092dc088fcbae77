/** The words of the public verification of files, in Chinese. */
export const verifyFileZh = {
  title: '核验文件真伪',
  lead: '选择收到的打印件（PDF、PNG）、凭证（SD-JWT）或签章文件（JSON），看它是不是本系统出具的原件、现在有没有效。',
  file: '要核验的文件',
  hint: '不超过 {megabytes} MB。请选择原始文件，截图、照片和重新保存的文件都核验不通过。文件只在内存中比对，不保存。',
  ask: '核验文件',
  notGenuineText: '这不是本系统出具的文件，或出具后被改动过。请勿采信。',
};
