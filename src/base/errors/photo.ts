import type { ErrorEntry } from './entry.ts';

/** Refusals about certificate photos: the file, what the picture shows, its review, its delivery. */
export const photoErrors = {
  'photo-too-large': {
    status: 413,
    zh: '照片文件不能超过 {maximumMegabytes} MB。请在手机相册中缩小或压缩后重新上传。',
    en: 'A photo file is at most {maximumMegabytes} MB. Make it smaller and upload it again.',
  },
  'photo-type-refused': {
    status: 415,
    zh: '只接受 JPEG 或 PNG 照片，您上传的是 {found} 文件。请另存为 JPEG 后重新上传。',
    en: 'Only JPEG and PNG photos are accepted; this file is {found}. Save it as JPEG and upload it again.',
  },
  'photo-type-unknown': {
    status: 415,
    zh: '无法识别该文件，只接受 JPEG 或 PNG 照片。请重新选择照片。',
    en: 'This file is not recognised; only JPEG and PNG photos are accepted. Choose the photo again.',
  },
  'photo-damaged': {
    status: 422,
    zh: '照片文件不完整或已损坏，无法打开。请换一张，或重新导出后再上传。',
    en: 'The photo file is incomplete or damaged and does not open. Choose another, or export it again.',
  },
  'photo-trailing-data': {
    status: 422,
    zh: '照片文件的末尾附有其他内容。请在相册中编辑并另存一份，再上传另存的照片。',
    en: 'Something else is attached to the end of the photo file. Edit it, save a copy and upload the copy.',
  },
  'photo-too-many-pixels': {
    status: 422,
    zh: '照片不能超过 {maximumMegapixels} 百万像素。请缩小尺寸后重新上传。',
    en: 'A photo has at most {maximumMegapixels} megapixels. Make it smaller and upload it again.',
  },
  'photo-profile-unknown': {
    status: 400,
    zh: '没有这种照片规格。请返回并重新选择照片用途。',
    en: 'There is no such photo profile. Go back and choose what the photo is for.',
  },
  'photo-crop-invalid': {
    status: 400,
    zh: '裁剪框超出照片，或宽高比例不对。请重新调整裁剪框。',
    en: 'The crop box leaves the photo or has another ratio. Adjust it again.',
  },
  'photo-too-small': {
    status: 422,
    zh: '照片太小：裁剪后至少需要 {width}×{height} 像素。请用原图，或靠近一些重新拍摄。',
    en: 'The photo is too small: {width}×{height} pixels are needed after cropping. Use the original, or take it again from closer.',
  },
  'photo-ratio': {
    status: 422,
    zh: '照片过宽或过高，裁剪会失去太多内容。请竖幅重新拍摄，让头肩占满画面。',
    en: 'The photo is too wide or too tall to crop. Take it again upright, with head and shoulders filling it.',
  },
  'photo-not-colour': {
    status: 422,
    zh: '照片不是彩色的。请上传未加滤镜的彩色照片。',
    en: 'The photo is not in colour. Upload a colour photo without a filter.',
  },
  'photo-background': {
    status: 422,
    zh: '背景不是纯白色。请在白墙前、光线均匀处重新拍摄，身后不要有阴影和物品。',
    en: 'The background is not plain white. Take it again before a white wall in even light, without shadows or things behind.',
  },
  'photo-blank': {
    status: 422,
    zh: '照片中看不到人像。请面对镜头重新拍摄。',
    en: 'There is no portrait to be seen. Take the photo again facing the camera.',
  },
  'photo-too-dark': {
    status: 422,
    zh: '照片太暗。请在明亮处、面向光源重新拍摄。',
    en: 'The photo is too dark. Take it again in a bright place, facing the light.',
  },
  'photo-too-bright': {
    status: 422,
    zh: '照片太亮。请关闭闪光灯，避开强光后重新拍摄。',
    en: 'The photo is too bright. Switch the flash off, avoid strong light and take it again.',
  },
  'photo-blurred': {
    status: 422,
    zh: '照片不清晰。请擦净镜头，拿稳手机，对焦后重新拍摄。',
    en: 'The photo is blurred. Wipe the lens, hold still, let it focus and take it again.',
  },
  'photo-detail': {
    status: 422,
    zh: '照片无法压缩到 {minimumKilobytes}–{maximumKilobytes} KB。请换一张未经处理的人像照片。',
    en: 'The photo cannot be written in {minimumKilobytes}–{maximumKilobytes} KB. Choose a portrait that was not processed.',
  },
  'photo-face-count': {
    status: 422,
    zh: '照片中应当有且只有一张正面人脸。请独自面对镜头重新拍摄。',
    en: 'There must be exactly one face in the photo. Take it again alone, facing the camera.',
  },
  'photo-face-place': {
    status: 422,
    zh: '人脸的大小或位置不合规格。请居中，头顶留少许空白，重新裁剪或拍摄。',
    en: 'The face is not of the size or in the place required. Centre it with a little room above the head; crop or take it again.',
  },
  'photo-missing': {
    status: 404,
    zh: '没有找到这张照片。请返回列表重新选择。',
    en: 'There is no such photo. Go back to the list and choose again.',
  },
  'photo-already-reviewed': {
    status: 409,
    zh: '这张照片已由他人审核。请刷新列表查看结果。',
    en: 'This photo has already been reviewed. Refresh the list to see the outcome.',
  },
  'photo-refusal-reason': {
    status: 400,
    zh: '不通过时必须选择原因。请从列表中选择一项。',
    en: 'A refusal needs a reason. Choose one from the list.',
  },
  'photo-not-accepted': {
    status: 409,
    zh: '这张照片尚未审核通过，不能提供。请等待审核，或重新提交照片。',
    en: 'This photo is not accepted yet and cannot be handed out. Wait for its review, or submit another.',
  },
  'photo-purpose': {
    status: 400,
    zh: '请写明调用单位和用途，各为 1 至 {longest} 个字。',
    en: 'Say who asks for the photo and what for, in 1 to {longest} characters each.',
  },
  'photo-reference-lifetime': {
    status: 400,
    zh: '照片链接的有效时间应为 1 至 {longestSeconds} 秒。请缩短后重试。',
    en: 'A photo reference lives for 1 to {longestSeconds} seconds. Ask for less and try again.',
  },
  'photo-reference-invalid': {
    status: 410,
    zh: '照片链接无效、已使用或已过期。请重新申请。',
    en: 'The photo reference is not valid, has been used or has expired. Ask for a new one.',
  },
  'photo-font-missing': {
    status: 500,
    zh: '服务器缺少中文字体，暂时不能提供带水印的照片。请联系运维人员安装中文字体。',
    en: 'The server has no Chinese font, so it cannot watermark photos. Ask its operator to install one (fonts-noto-cjk).',
  },
} as const satisfies Record<string, ErrorEntry>;
