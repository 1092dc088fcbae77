import type { DomainEvent } from '../../base/event.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateType } from '../certificate-type.ts';

/** What a copy is drawn as. */
export type CopyForm = 'pdf' | 'png';

/** What a copy is made of, and for whom. */
export interface NewCopy {
  /** Opened: the use of it is written down already. */
  certificate: Certificate;
  type: CertificateType;
  /** Who gets it: an account or client by its identifier, and the name that stands on the copy. */
  caller: { id: string; name: string };
  purpose: string;
  /** The last day the copy is good for, YYYY-MM-DD. */
  expiresOn: string;
  form: CopyForm;
}

/** A copy as it is handed out. Personal data. */
export interface Copy {
  /** The number on the copy (加注件编号). */
  copyId: string;
  bytes: Buffer;
  contentType: 'application/pdf' | 'image/png';
  /** SHA-256 of the bytes, hexadecimal. */
  digest: string;
  /** The day asked for, or the certificate's own last day where that is sooner. */
  expiresOn: CalendarDate;
}

/** That a copy was made, in collection `certificatecopies`; the bytes themselves are not kept. */
export interface CopyRecord {
  /** copyId */
  _id: string;
  identifier: CertificateIdentifier;
  callerId: string;
  /** The name that stands on the copy, sealed: it may be a person's. Absent from copies made before it was kept. */
  callerName?: Buffer;
  /** Sealed: people write names into it. */
  purpose: Buffer;
  form: CopyForm;
  digest: string;
  expiresOn: CalendarDate;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What is known of a copy that was made: what stands at its foot. Personal data. */
export interface FoundCopy {
  copyId: string;
  identifier: CertificateIdentifier;
  /** Null for one made before it was kept. */
  callerName: string | null;
  purpose: string;
  madeOn: CalendarDate;
  expiresOn: CalendarDate;
}

/** Binds a sealed text to its record. */
export const copyContext = (copyId: string, field: 'purpose' | 'callerName'): string =>
  `certificatecopies.${field}:${copyId}`;
