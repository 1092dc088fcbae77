import type { VNode } from 'preact';
import { catalogueSeed } from '../../src/directory/index.ts';
import { OfficersCertificatePage } from '../../views/console/certificate.tsx';
import { ActPage, ConfirmActPage, ConfirmChangePage } from '../../views/console/certificate-act.tsx';
import { CertificateFormPage } from '../../views/console/certificate-form.tsx';
import { CropPhotoPage, UploadPhotoPage } from '../../views/console/certificate-photo.tsx';
import { NextTypePage, TypePage, TypesPage } from '../../views/console/certificate-types.tsx';
import { ChooseTypePage, FindCertificatesPage } from '../../views/console/certificates.tsx';
import type { PageContext } from '../../views/layout.tsx';

const href = '/console/certificates/1.2';
const csrf = 'csrf-1';

const typeOf = (name: string) => {
  const found = catalogueSeed.find((type) => type.name.en === name);
  if (found === undefined) throw new RangeError(`the seed has no ${name}`);
  return found;
};

const findPages = (context: PageContext): Record<string, VNode> => {
  const asked = { identifier: '', holderType: '', holderCode: '', purpose: '' };
  const find = { context, csrf, asked, authority: '示例省公安厅', errors: [], next: null };
  const found = [{ href, typeName: '居民身份证', state: 'valid' as const, issuedOn: '2026-01-31' }];
  return {
    findCertificates: FindCertificatesPage({ ...find, found: null }),
    findWrong: FindCertificatesPage({ ...find, found: null, errors: [{ field: 'purpose', text: 'x' }] }),
    foundCertificates: FindCertificatesPage({ ...find, found, next: '1.2' }),
    foundNoCertificates: FindCertificatesPage({ ...find, found: [] }),
    chooseType: ChooseTypePage({ context, types: [{ href, name: '居民身份证' }] }),
    chooseNoType: ChooseTypePage({ context, types: [] }),
  };
};

const onePages = (context: PageContext): Record<string, VNode> => {
  const plain = { identifier: '1.2', issuer: '公安厅', area: '990000', version: '1', issuedOn: '2026-01-31' };
  const one = { context, csrf, path: href, typeName: '驾驶证', state: 'valid' as const, purpose: '' };
  const content = {
    number: '9***1',
    holders: ['**丰 9***1'],
    fields: [{ name: 'a', label: 'b', value: 'c' }],
  };
  const open = { validFrom: null, validUntil: null, trustLevel: 'A' };
  const ended = { previousHref: null, nextHref: null, changeHref: null, actHref: null };
  return {
    officersCertificate: OfficersCertificatePage({
      ...{ ...one, ...content, photo: null, isWhole: false, error: 'x', previousHref: href, nextHref: href },
      ...{ plain: { ...plain, ...open }, changeHref: `${href}/change`, actHref: `${href}/act` },
    }),
    officersCertificateWhole: OfficersCertificatePage({
      ...{ ...one, ...content, ...ended, photo: 'data:image/jpeg;base64,AA==', isWhole: true },
      plain: { ...plain, validFrom: '2026-01-31', validUntil: '2027-01-31', trustLevel: 'A' },
    }),
  };
};

const actPages = (context: PageContext): Record<string, VNode> => {
  const act = { context, csrf, path: `${href}/act`, certificateHref: href };
  return {
    certificateAct: ActPage({
      ...act,
      typeName: 'x',
      acts: ['suspended', 'void'],
      values: {},
      errors: { act: 'x' },
    }),
    certificateActNone: ActPage({ ...act, typeName: 'x', acts: [], values: {}, errors: {} }),
    confirmAct: ConfirmActPage({ ...act, act: 'revoked', reason: 'offence', day: '2026-01-31' }),
    confirmChange: ConfirmChangePage({
      ...{ ...act, values: { number: '1' } },
      changes: [
        { label: 'a', before: 'b', after: null },
        { label: 'b', before: null, after: 'c' },
      ],
    }),
  };
};

const photoPages = (context: PageContext): Record<string, VNode> => {
  const asked = { holderType: '', holderCode: '', profile: '' };
  const upload = { context, csrf, asked, megabytes: 5 };
  const crop = { context, csrf, path: '/console/certificates/photos/d' };
  const checks = [{ check: 'size' as const, outcome: 'passed' as const, message: null }];
  const failed = [{ check: 'light' as const, outcome: 'failed' as const, message: 'x' }];
  return {
    uploadPhoto: UploadPhotoPage({ ...upload, errors: { file: 'x', holderCode: 'y' }, isKept: false }),
    uploadPhotoKept: UploadPhotoPage({ ...upload, errors: {}, isKept: true }),
    cropPhoto: CropPhotoPage({ ...crop, picture: 'data:image/jpeg;base64,AA==', crop: null, checks }),
    cropPhotoUnfit: CropPhotoPage({
      ...{ ...crop, picture: null, checks: failed },
      crop: { left: 1, top: 2, width: 3, height: 4 },
    }),
  };
};

/** Makes the pages on which officers work on certificates and their types, in each of their shapes. */
export const officersCertificatePages = (context: PageContext): Record<string, VNode> => {
  const form = { context, csrf, path: href, values: {}, back: { href, label: 'x' } };
  const next = { context, csrf, issuers: '', reason: '' };
  const [book, licence] = [typeOf('Household register book'), typeOf('Driving licence')];
  return {
    ...findPages(context),
    ...onePages(context),
    ...actPages(context),
    ...photoPages(context),
    issueBook: CertificateFormPage({ ...form, purpose: 'issue', type: book, errors: { holder_0_code: 'x' } }),
    issueMarriage: CertificateFormPage({
      ...{ ...form, purpose: 'issue', errors: {} },
      type: typeOf('Marriage certificate'),
    }),
    changeLicence: CertificateFormPage({ ...form, purpose: 'change', type: licence, errors: { photo: 'x' } }),
    types: TypesPage({ context, types: catalogueSeed }),
    noTypes: TypesPage({ context, types: [] }),
    type: TypePage({ context, type: book, nextHref: '/console/types/x/next' }),
    typeOfLicence: TypePage({ context, type: { ...licence, enabled: false, issuers: [] }, nextHref: null }),
    nextType: NextTypePage({ ...next, draft: licence, error: 'x' }),
  };
};
