import type { ErrorEntry } from './entry.ts';

/** Refusals about federations of entities: statements, chains of trust, and the entities below this instance. */
export const federationErrors = {
  'federation-chain-invalid': {
    status: 400,
    zh: '信任链不成立：第 {statement} 份声明的“{reason}”不符合要求。请由该实体或其上级更正后重试。',
    en: 'The chain of trust does not hold: statement {statement} fails at “{reason}”. Have that entity or its superior correct it and try again.',
  },
  'federation-metadata-invalid': {
    status: 400,
    zh: '实体的元数据不符合上级的元数据策略（{parameter}，{operator}）。请由该实体更正元数据，或由上级更正策略。',
    en: 'The metadata does not fit the policy of the superiors ({parameter}, {operator}). Have the entity correct its metadata, or a superior its policy.',
  },
  'federation-anchor-unknown': {
    status: 404,
    zh: '本实例不认可这个信任锚。请改用已配置的信任锚，或由管理员登记其公钥。',
    en: 'This trust anchor is not one that is trusted here. Name one that is configured, or have an operator pin its keys.',
  },
  'federation-entity-unreachable': {
    status: 503,
    zh: '无法取得该实体或其上级的声明（{reason}）。请确认其地址可访问后重试。',
    en: 'The statements of the entity or of its superiors could not be had ({reason}). See that its address answers and try again.',
  },
  'federation-request-invalid': {
    status: 400,
    zh: '请求参数 {parameter} 缺失或不合要求。请更正后重试。',
    en: 'The request parameter {parameter} is missing or not as it must be. Correct it and try again.',
  },
  'federation-parameter-unsupported': {
    status: 400,
    zh: '不支持请求参数 {parameter}。请去掉该参数后重试。',
    en: 'The request parameter {parameter} is not supported. Leave it out and try again.',
  },
  'federation-subordinate-missing': {
    status: 404,
    zh: '本实例之下没有登记这个实体。请核对实体标识。',
    en: 'No such entity is registered below this instance. Check the entity identifier.',
  },
  'federation-subordinate-invalid': {
    status: 422,
    zh: '下级实体的登记在“{place}”处不合要求。请更正后重试。',
    en: 'The registration of the entity is not as it must be at “{place}”. Correct it and try again.',
  },
  'federation-subordinate-changed': {
    status: 409,
    zh: '这个下级实体刚刚被他人更改，本次操作未保存。请查看后重试。',
    en: 'This entity was changed by someone else meanwhile and nothing was saved. Look at it and try again.',
  },
  'federation-mark-missing': {
    status: 404,
    zh: '这个实体没有该类型的信任标志。请核对实体标识和标志类型。',
    en: 'The entity has no trust mark of this type. Check the entity identifier and the type.',
  },
} as const satisfies Record<string, ErrorEntry>;
