import type { CalendarDate } from '../../terms/calendar-date.ts';
import { type Marking, markings, type TrustLevel } from '../../terms/trust-level.ts';
import type { Certificate } from '../certificate.ts';
import type { CardLook, CertificateType } from '../certificate-type.ts';
import { shownFields } from '../presentation/shown.ts';

/** One line of a copy: what it is called and what it says. */
export interface CopyLine {
  label: string;
  value: string;
}

/** What stands on a copy, in the order it is read. Personal data. */
export interface CopyContent {
  typeName: string;
  issuerName: string;
  look: CardLook['colour'];
  copyId: string;
  face: CopyLine[];
  photo: Buffer | null;
  /** About the copy and not the certificate: who has it, what for, until when. */
  foot: CopyLine[];
  /** What its trust level must show. */
  statements: string[];
  /** What is written over all of it, two lines. */
  veil: string[];
  verifyAddress: string;
}

/** What of a copy does not stand in the certificate. */
export interface CopyTerms {
  copyId: string;
  callerName: string;
  purpose: string;
  madeOn: CalendarDate;
  expiresOn: CalendarDate;
  photo: Buffer | null;
  issuer: string;
}

/** Writes what stands on a copy. */
export function contentOf(certificate: Certificate, type: CertificateType, terms: CopyTerms): CopyContent {
  const { issuerName, identifier, trustLevel } = certificate;
  const { copyId, callerName, purpose, madeOn, expiresOn } = terms;
  const stated = markings[trustLevel];
  return {
    typeName: type.name.zh,
    issuerName,
    look: type.look.colour,
    copyId,
    face: faceOf(certificate, type),
    photo: terms.photo,
    foot: [
      { label: '使用人', value: callerName },
      { label: '用途', value: purpose },
      { label: '打印件有效期', value: `${madeOn} 至 ${expiresOn}` },
      { label: '可信等级', value: levels[trustLevel] },
      { label: '电子证照标识', value: identifier },
    ],
    statements: statementsOf(stated, issuerName, expiresOn),
    veil: [`${short(callerName)}　${short(purpose)}`, `${madeOn} 制作　有效期至 ${expiresOn}`],
    verifyAddress: `${terms.issuer}/verify?${new URLSearchParams({ identifier })}`,
  };
}

const faceOf = (certificate: Certificate, type: CertificateType): CopyLine[] => {
  const { number, holders, fields, issuedOn, validFrom, validUntil } = certificate;
  const from = validFrom ?? issuedOn;
  const names = type.fields.map(({ name }) => name);
  return [
    { label: '证照编号', value: number },
    ...holders.map(({ name, code }) => ({ label: '持证人', value: `${name}　${code}` })),
    ...shownFields(type, fields, names).map(({ label, value }) => ({ label: label.zh, value })),
    { label: '签发日期', value: issuedOn },
    { label: '有效期', value: validUntil === undefined ? `${from} 起长期有效` : `${from} 至 ${validUntil}` },
  ];
};

const levels: Readonly<Record<TrustLevel, string>> = {
  A: 'A 级（发证机关签发）',
  B: 'B 级（已与原件核对）',
  C: 'C 级（用户上传，未与原件核对）',
  D: 'D 级（用户填报，未经核实）',
};

/** Writes the marking of a level; a copy is made only once the seal was verified, so that it was may be said. */
const statementsOf = (
  { issuerSeal, watermark }: Marking,
  issuerName: string,
  expiresOn: CalendarDate,
): string[] => {
  const words: Record<Marking['watermark'][number], string> = {
    provider: `提供单位：${issuerName}`,
    'government-service-only': '仅限政务服务使用',
    'valid-until': `有效期至 ${expiresOn}`,
    'checked-against-original': '已与原件核对',
  };
  return [...watermark.map((one) => words[one]), ...(issuerSeal ? ['电子印章已验证'] : [])];
};

const longestInVeil = 24;
/** Shortens what is written all over the page; it stands whole at the foot. */
const short = (text: string): string => {
  const characters = [...text];
  return characters.length <= longestInVeil ? text : `${characters.slice(0, longestInVeil - 1).join('')}…`;
};
