/**
 * What a person is told (通知) on their own pages. Owns the closed list of kinds, each with the values its sentence needs,
 * and what was read. It does not own the sentences (views do), nor what happened: whoever tells has its own record of
 * that. A value is a short word for the sentence, never personal data. Terms are our design [D].
 * Control leaves by a value; nothing is sent anywhere.
 */

/** The kinds there are, with the values each must be given. */
export const noticeKinds = {
  'new-device': ['device'],
  'new-device-at': ['device', 'place'],
  'impossible-travel': ['from', 'to'],
  'qr-denied': [],
  'checked-at-counter': [],
  'authenticator-added': [],
  'authenticator-removed': [],
  'recovery-asked': [],
  'recovery-stopped': [],
  recovered: [],
  'phone-change-asked': [],
  'phone-change-stopped': [],
  'phone-changed': [],
  'mandate-given': ['name'],
  'mandate-ended': ['name'],
  'authorisation-asked': ['requester'],
  'certificate-ended': ['type'],
  'objection-answered': [],
  'site-withdrawn': ['site'],
  'region-linked': ['region'],
  'region-unlinked': ['region'],
  'export-made': [],
  'closing-asked': ['date'],
  'closing-stopped': [],
} as const satisfies Record<string, readonly string[]>;

export type NoticeKind = keyof typeof noticeKinds;

type NoticeOf<K extends NoticeKind> = {
  accountId: string;
  kind: K;
  values: { [name in (typeof noticeKinds)[K][number]]: string };
};

/** A notice to be added; its kind says which values it needs. */
export type NewNotice = { [K in NoticeKind]: NoticeOf<K> }[NoticeKind];

/** A notice as it is kept. */
export interface NoticeRecord {
  _id: string;
  accountId: string;
  kind: NoticeKind;
  values: Record<string, string>;
  at: Date;
  /** Null until the person opened the page that shows it. */
  readAt: Date | null;
}

/** A notice as its person sees it. */
export interface Notice {
  noticeId: string;
  kind: NoticeKind;
  values: Record<string, string>;
  at: Date;
  isRead: boolean;
}
