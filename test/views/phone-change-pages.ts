import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import { MyPhonePage, PhoneChangePage } from '../../views/portal/phone-change.tsx';
import { PhoneProofPage } from '../../views/portal/phone-proof.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';

/** Makes the pages of changing an account's telephone. */
export const phoneChangePages = (context: PageContext): Record<string, VNode> => {
  const phone = { context, csrf, maskedPhone: '*******0001', change: null, isOffered: true, news: null };
  const change = { maskedPhone: '*******0002', askedAt: at, dueAt: at };
  const form = { context, csrf, maskedPhone: '*******0001', hasPasskey: true, typed: '', hours: 24 };
  const proof = {
    context,
    csrf,
    maskedNew: '*******0002',
    maskedOld: '*******0001',
    options: null,
    typed: { oldCode: '', newCode: '' },
  };
  const byPasskey = { ...proof, maskedOld: null, options: { challenge: 'a"b<c' } };
  return {
    phone: MyPhonePage({ ...phone, news: 'changed' }),
    phoneWaits: MyPhonePage({ ...phone, change }),
    noPhone: MyPhonePage({ ...phone, maskedPhone: null, isOffered: false, news: 'stopped' }),
    phoneChange: PhoneChangePage(form),
    phoneChangeWrong: PhoneChangePage({ ...form, maskedPhone: null, hasPasskey: false, error: '0' }),
    phoneProof: PhoneProofPage(proof),
    phoneProofWrong: PhoneProofPage({ ...proof, error: { field: 'oldCode', text: '0' } }),
    phoneProofByPasskey: PhoneProofPage(byPasskey),
    phoneProofRefused: PhoneProofPage({ ...byPasskey, error: { field: null, text: '0' } }),
  };
};
