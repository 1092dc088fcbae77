import type { ErrorEntry } from './entry.ts';

/** Refusals about what happened: looking it up, and proving it. */
export const auditErrors = {
  'audit-entry-missing': {
    status: 404,
    zh: '审计链中没有这条记录。请核对序号或事件编号；刚发生的事件请稍等片刻再查。',
    en: 'The audit chain has no such entry. Check the number or the event; what has just happened takes a moment to arrive.',
  },
  'audit-entry-archived': {
    status: 410,
    zh: '这条记录已转入归档文件 {file}，在线库中不再保留。请向本机构索取按该文件出具的证明。',
    en: 'This entry stands in the archive file {file} and no longer in the store. Ask this office for a proof made from that file.',
  },
  'audit-entry-unsealed': {
    status: 409,
    zh: '这条记录尚未被签名的树头覆盖，还不能出具证明。请在 {waitSeconds} 秒后重试。',
    en: 'No signed tree head covers this entry yet, so it cannot be proved. Try again in {waitSeconds} seconds.',
  },
  'audit-checkpoint-missing': {
    status: 404,
    zh: '没有规模为 {treeSize} 的签名树头，或两个树头的先后颠倒。请从已保存的证明中选取两个树头后重试。',
    en: 'There is no signed tree head of size {treeSize}, or the two are in the wrong order. Take both from proofs you hold and try again.',
  },
  'audit-segment-empty': {
    status: 409,
    zh: '规模为 {treeSize} 的树头之后还没有新的签名树头，没有可导出的段。请等新记录被签名后再导出。',
    en: 'No signed tree head came after the one of size {treeSize}, so there is nothing to export. Try again once newer entries are signed.',
  },
  'audit-segment-missing': {
    status: 409,
    zh: '缺少从第 {after} 条之后开始的段文件。请把它放回文件夹后重试。',
    en: 'The segment file that begins after entry {after} is not there. Put it back into the folder and try again.',
  },
  'audit-segment-invalid': {
    status: 422,
    zh: '段文件 {file} 未通过验证（{fault}），没有删除其中任何记录。请重新导出该段后再清理。',
    en: 'The segment file {file} does not verify ({fault}); none of its entries was deleted. Export it again, then prune.',
  },
  'audit-segment-other': {
    status: 409,
    zh: '段文件 {file} 与库中第 {sequence} 条处不一致，没有删除其中任何记录。请运行 yihao audit check，并核对该文件是否出自本库。',
    en: 'The segment file {file} is not what the store has at entry {sequence}; none of its entries was deleted. Run yihao audit check, and see whether the file is of this store.',
  },
  'audit-retention-short': {
    status: 409,
    zh: '最近 {days} 天的记录须保留在库中，不能清理。请使用更早的日期。',
    en: 'The entries of the last {days} days stay in the store and cannot be pruned. Name an earlier date.',
  },
  'audit-page-invalid': {
    status: 400,
    zh: '审计查询的翻页位置、条数或时间无效。请回到第一页重新查询。',
    en: 'The place, the number of rows or the time of this audit search is not valid. Start again from the first page.',
  },
  'audit-proof-malformed': {
    status: 422,
    zh: '证明文件或公钥文件无法读取（{place}）。请重新导出完整的文件后再验证。',
    en: 'The proof or the file of public keys cannot be read ({place}). Export the whole file again and verify that.',
  },
  'audit-chain-broken': {
    status: 500,
    zh: '审计链在第 {sequence} 条处断裂或被改动，已停止签发树头。请立即运行 yihao audit check 并报告安全负责人。',
    en: 'The audit chain is broken or was altered at entry {sequence}; no tree head is signed any more. Run yihao audit check now and tell whoever is responsible for security.',
  },
} as const satisfies Record<string, ErrorEntry>;
