import type { ErrorEntry } from './entry.ts';

/** Refusals of the bulk import: of a whole file, and of one row of it. */
export const importErrors = {
  'import-file-kind': {
    status: 400,
    zh: '只能导入名称以 .csv 或 .ndjson 结尾的文件。请转换格式或改名后重试。',
    en: 'Only files whose names end in .csv or .ndjson are imported. Convert or rename the file and try again.',
  },
  'import-file-unreadable': {
    status: 400,
    zh: '无法读取文件 {file}。请核对路径和读取权限后重试。',
    en: 'The file {file} cannot be read. Check its path and permissions and try again.',
  },
  'import-encoding': {
    status: 400,
    zh: '文件既不是 UTF-8 也不是 GB18030 编码：第 {line} 行无法读取。请以其中一种编码另存后重试。',
    en: 'The file is neither UTF-8 nor GB18030: line {line} cannot be read. Save it in one of them and try again.',
  },
  'import-header-column': {
    status: 400,
    zh: '表头第 {column} 列不是可导入的列，或与前面的列重复。请对照 docs/import.md 修改表头后重试。',
    en: 'Column {column} of the header is none that can be imported, or repeats one before it. Correct the header by docs/import.md and try again.',
  },
  'import-header-missing': {
    status: 400,
    zh: '表头缺少这些列：{names}。请补全后重试。',
    en: 'The header lacks these columns: {names}. Add them and try again.',
  },
  'import-file-changed': {
    status: 409,
    zh: '文件 {file} 在导入中断后被改动，不能从断点继续。请恢复原文件；或删除 {progressFile} 从头导入，已入库的行会被识别。',
    en: 'The file {file} was changed since its import stopped, so it cannot go on from there. Restore it; or delete {progressFile} to begin anew: rows that are in already are recognised.',
  },
  'import-progress-damaged': {
    status: 409,
    zh: '断点文件 {progressFile} 无法读取。请删除它后从头导入，已入库的行会被识别。',
    en: 'The progress file {progressFile} cannot be read. Delete it to begin anew: rows that are in already are recognised.',
  },
  'import-line-too-long': {
    status: 400,
    zh: '该行超过 {maximumBytes} 字节。请核对引号和换行，或拆分该行后重试。',
    en: 'The line is longer than {maximumBytes} bytes. Check its quotes and line breaks, or split it, and try again.',
  },
  'import-row-encoding': {
    status: 400,
    zh: '该行不是文件所用的 {encoding} 编码。请以该编码重新导出这一行。',
    en: 'The line is not in {encoding} as the file is. Export it again in that encoding.',
  },
  'import-row-json': {
    status: 400,
    zh: '该行不是一个 JSON 对象。请每行写一个完整的对象后重试。',
    en: 'The line is not a JSON object. Write one whole object a line and try again.',
  },
  'import-row-shape': {
    status: 400,
    zh: '该行缺少必填项，有多余的项，或某项类型不对。请对照 docs/import.md 修改后重试。',
    en: 'Something in the line is missing, unknown or of the wrong kind. Correct it by docs/import.md and try again.',
  },
  'import-row-cells': {
    status: 400,
    zh: '该行引号不成对，或单元格数与表头的 {columns} 列不符。请修改该行后重试。',
    en: 'The quotes of the line do not match, or its cells are not the {columns} of the header. Correct the line and try again.',
  },
  'import-photo-name': {
    status: 400,
    zh: '照片应只写文件名，不含路径。请改为照片文件夹中的文件名后重试。',
    en: 'A photo is given by the name of its file alone, without a path. Give the name it has in the photo folder.',
  },
  'import-photo-missing': {
    status: 400,
    zh: '照片文件夹中没有该行所写的照片，或未用 --photos 指定文件夹。请补上照片后重试。',
    en: 'The photo folder holds no file of the name given, or --photos names no folder. Add the photo and try again.',
  },
} as const satisfies Record<string, ErrorEntry>;
