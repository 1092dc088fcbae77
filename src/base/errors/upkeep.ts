import type { ErrorEntry } from './entry.ts';

/** Refusals of whoever keeps an instance running: backups, restoring them, and the schema of the storage. */
export const upkeepErrors = {
  'backup-target-taken': {
    status: 409,
    zh: '备份文件 {file} 已存在，没有覆盖。请换一个文件名，或给出文件夹。',
    en: 'The backup file {file} is there already and was left alone. Name another file, or a folder.',
  },
  'backup-nothing': {
    status: 409,
    zh: '存储中还没有任何记录，没有可备份的内容。请核对配置是否指向正在运行的存储。',
    en: 'The storage holds no record, so there is nothing to back up. Check that the configuration names the storage that is served.',
  },
  'backup-unreadable': {
    status: 422,
    zh: '备份文件损坏、不完整或不是本系统的备份（{place}），没有写入任何内容。请换用另一份备份。',
    en: 'The backup is damaged, incomplete or none of ours ({place}). Nothing was written from it. Take another backup.',
  },
  'backup-other-key': {
    status: 403,
    zh: '备份由主密钥 {sealedBy} 加密，当前的主密钥是 {given}，没有写入任何内容。请配置制作备份时的主密钥。',
    en: 'The backup was sealed under the master key {sealedBy}, and the one configured is {given}. Nothing was written. Configure the master key of that time.',
  },
  'backup-for-recipient': {
    status: 403,
    zh: '备份是为持有私钥 {recipient} 的人加密的，没有写入任何内容。请用 --identity 指定该私钥文件。',
    en: 'The backup was encrypted for the holder of the private key {recipient}. Nothing was written. Name the file of that key: --identity FILE.',
  },
  'backup-recipient-unfit': {
    status: 422,
    zh: '{file} 中没有可用的密钥，没有写入任何内容。--recipient 要公钥，--identity 要私钥，JWK 或 PEM，曲线为 P-256、P-384、P-521 或 X25519。',
    en: '{file} holds no key that fits. Nothing was written. --recipient takes a public key and --identity a private one, as JWK or PEM, on P-256, P-384, P-521 or X25519.',
  },
  'backup-other-instance': {
    status: 409,
    zh: '备份属于实例 {issuer}（{regionCode}），与当前配置不同，没有写入任何内容。请核对 YIHAO_ISSUER 与 YIHAO_REGION_CODE。',
    en: 'The backup is of the instance {issuer} ({regionCode}), which is not the one configured. Nothing was written. Check YIHAO_ISSUER and YIHAO_REGION_CODE.',
  },
  'restore-not-empty': {
    status: 409,
    zh: '存储中已有记录（{collection}），没有写入任何内容。请恢复到空的数据库或空的数据文件夹。',
    en: 'The storage holds records already ({collection}). Nothing was written. Restore into an empty database or data folder.',
  },
  'restore-incomplete': {
    status: 500,
    zh: '恢复后 {collection} 有 {found} 条记录，备份中有 {wanted} 条。请清空存储后重新恢复。',
    en: 'After the restore {collection} holds {found} records, and the backup {wanted}. Empty the storage and restore again.',
  },
  'restore-unfinished': {
    status: 503,
    zh: '这个存储的恢复没有完成，不能启动。请用同一份备份再次运行 yihao restore。',
    en: 'A restore of this storage has not ended, so it cannot be served. Run yihao restore again with the same backup.',
  },
  'schema-newer': {
    status: 503,
    zh: '存储的结构版本是 {found}，本程序只认识到 {known}，不能启动。请运行更新的程序版本。',
    en: 'The storage has schema {found}, and this program knows up to {known}, so it does not start. Run a newer version of the program.',
  },
  'migration-taken': {
    status: 409,
    zh: '另一个进程已接手迁移 {migration}，本进程停止。请用 yihao migrate status 查看进度。',
    en: 'Another process has taken the migration {migration} over, so this one stops. See how far it is: yihao migrate status.',
  },
} as const satisfies Record<string, ErrorEntry>;
