/**
 * Sign-in by a code that the phone scans (扫码登录). Owns the code's minute of life: it is shown by one sign-in under way,
 * answered once by a person who is signed in on the phone, and its outcome taken once by the sign-in that shows it. The
 * code carries a handle and nothing else: who has a picture of it can approve in their own name or refuse, and cannot
 * sign in by it. The two digits are on the first screen only, so who approves has seen that screen or was told of it; this
 * does not stop a person who is talked into it, and the page says so. All of it is a design of this project [D]. State is
 * in the ephemeral store, so that any process can answer; events ride in the account's outbox. It does not own the pages,
 * nor how the first browser is told (the edge looks here). Control leaves by a value or an AppError with a code.
 */
import type { PublicKeyCredentialRequestOptionsJSON } from '../passkey-types.ts';
import type { Work } from '../ports.ts';
import { approveQr, beginQrApproval, denyQr, type QrDetails, type QrScan, readQr } from './answer.ts';
import type { QrState } from './lifecycle.ts';
import { finishQr, type QrAsked, type QrLook, qrState, type ShownQr, showQr } from './show.ts';

/** What can be asked of it: the first three by the browser that wants to sign in, the rest by the phone. */
export interface QrSignIn {
  showQr(asked: QrAsked): Promise<ShownQr>;
  qrState(binding: string): Promise<QrState>;
  finishQr(binding: string): Promise<QrLook>;
  readQr(handle: string): Promise<QrDetails>;
  beginQrApproval(scan: QrScan): Promise<PublicKeyCredentialRequestOptionsJSON>;
  approveQr(scan: QrScan & { number: string; response: unknown }): Promise<void>;
  denyQr(scan: QrScan): Promise<void>;
}

/** Opens it on what the domain works with. */
export const createQrSignIn = (work: Work): QrSignIn => ({
  showQr: (asked) => showQr(work, asked),
  qrState: (binding) => qrState(work, binding),
  finishQr: (binding) => finishQr(work, binding),
  readQr: (handle) => readQr(work, handle),
  beginQrApproval: (scan) => beginQrApproval(work, scan),
  approveQr: (scan) => approveQr(work, scan),
  denyQr: (scan) => denyQr(work, scan),
});
