import type { Context } from 'koa';
import {
  FindCertificatesPage,
  type FindCertificatesPageProps,
} from '../../../views/console/certificates.tsx';
import { AppError } from '../../base/error.ts';
import { authorityOf } from '../../staff/index.ts';
import { parseCertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { certificatePath, recordRead } from './certificates-access.ts';
import { act, showAct } from './certificates-act.tsx';
import { change, showChange } from './certificates-change.tsx';
import { chooseType, issue, showIssue } from './certificates-issue.tsx';
import { adjustOrKeep, photoUpload, showCrop, showUpload, upload } from './certificates-photo.tsx';
import { showCertificate, showWhole } from './certificates-see.tsx';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const onPage = 20;

/** Which input of a search is wrong, and how. */
type Wrong = { input: 'identifier' | 'holderCode' | 'purpose'; error: AppError };

const drawFind = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf, officer }: Visit,
  { wrong, ...found }: Pick<FindCertificatesPageProps, 'found' | 'next'> & { wrong?: Wrong },
): void => {
  const { name: authority } = authorityOf(officer);
  const { identifier } = ctx.query;
  ctx.status = wrong === undefined ? 200 : 400;
  showPage(ctx, deps, (context) => (
    <FindCertificatesPage
      {...{ context, csrf, authority, ...found }}
      asked={{
        identifier: typeof identifier === 'string' ? identifier : '',
        holderType: field(ctx, 'holderType'),
        holderCode: field(ctx, 'holderCode'),
        purpose: field(ctx, 'purpose'),
      }}
      errors={wrong === undefined ? [] : [{ field: wrong.input, text: wrong.error.text(context.language) }]}
    />
  ));
};

/** Shows the ways to find a certificate; one asked for by its identifier is led to. */
const showFind: ConsolePage = async (ctx, deps, visit) => {
  const { identifier } = ctx.query;
  const nothing = { found: null, next: null };
  if (typeof identifier !== 'string') return drawFind(ctx, deps, visit, nothing);
  try {
    seeOther(ctx, certificatePath(parseCertificateIdentifier(identifier)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    drawFind(ctx, deps, visit, { ...nothing, wrong: { input: 'identifier', error } });
  }
};

/** Lists a holder's certificates of the officer's authority, after the holder's ledger has the search and its purpose. */
const findByHolder: ConsolePage = async (ctx, deps, visit) => {
  const { code: issuerCode } = authorityOf(visit.officer);
  const holder = { type: field(ctx, 'holderType'), code: field(ctx, 'holderCode') };
  const after = field(ctx, 'after');
  try {
    const person = { holderIndex: deps.directory.holderIndexOf(holder) };
    await recordRead(deps, visit, { person, what: { fields: ['list'] }, purpose: field(ctx, 'purpose') });
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 400) throw error;
    const input = error.code === 'certificate-purpose' ? 'purpose' : 'holderCode';
    return drawFind(ctx, deps, visit, { found: null, next: null, wrong: { input, error } });
  }
  const query = { issuerCode, limit: onPage, ...(after === '' ? {} : { after }) };
  const page = await deps.directory.listCertificatesOfHolder(holder, query);
  const types = await Promise.all(
    page.certificates.map((one) => deps.directory.catalogue.findTypeVersion(one.typeCode, one.typeVersion)),
  );
  const { language } = pageContext(ctx, deps.settings);
  const found = page.certificates.map((one, i) => ({
    href: certificatePath(one.identifier),
    typeName: types[i]?.name[language] ?? one.typeCode,
    state: one.state,
    issuedOn: one.issuedOn,
  }));
  drawFind(ctx, deps, visit, { found, next: page.next });
};

const reading = { act: 'certificates.read', within: 'own' } as const;
const issuing = { act: 'certificates.issue', within: 'own' } as const;
// Issuing and changing are long forms, which a lapse of the proof would throw away; ending and holding back are not.
const issuingFreshly = { ...issuing, fresh: true } as const;

/** The part of the console where officers work on the certificates of their own authority. */
export const certificatesSection: Section = {
  name: 'certificates',
  path: '/certificates',
  permission: reading,
  routes: [
    { method: 'get', path: '/certificates', page: showFind },
    { method: 'post', path: '/certificates', page: findByHolder },
    { method: 'get', path: '/certificates/issue', page: chooseType, permission: issuing },
    { method: 'get', path: '/certificates/issue/:id', page: showIssue, permission: issuing },
    { method: 'post', path: '/certificates/issue/:id', page: issue, permission: issuing },
    { method: 'get', path: '/certificates/photos', page: showUpload, permission: issuing },
    { method: 'post', path: '/certificates/photos', page: upload, permission: issuing, upload: photoUpload },
    { method: 'get', path: '/certificates/photos/:id', page: showCrop, permission: issuing },
    { method: 'post', path: '/certificates/photos/:id', page: adjustOrKeep, permission: issuing },
    { method: 'get', path: '/certificates/:id', page: showCertificate },
    { method: 'post', path: '/certificates/:id', page: showWhole },
    { method: 'get', path: '/certificates/:id/change', page: showChange, permission: issuing },
    { method: 'post', path: '/certificates/:id/change', page: change, permission: issuing },
    { method: 'get', path: '/certificates/:id/act', page: showAct, permission: issuingFreshly },
    { method: 'post', path: '/certificates/:id/act', page: act, permission: issuingFreshly },
  ],
};
