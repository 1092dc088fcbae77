import { momentOf } from '../../../views/parts/moment.ts';
import { ExportPage, type ExportPageProps } from '../../../views/portal/export.tsx';
import { claimText, fill, textOf } from '../../../views/text/index.ts';
import { nameOfKind } from '../../identity/index.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { collectData, type OwnData } from './export-data.ts';
import { recordOwnLook } from './profile.tsx';
import { siteNames } from './site-names.ts';
import type { PortalPage, Visit } from './visit.ts';

const toExport = { fields: ['name', 'id_number', 'phone_number', 'own_data'], purpose: '本人导出数据' };

/** Shows what is kept of the person, to be read; that it was is written down before. */
export const showExport: PortalPage = async (ctx, deps, visit) => {
  const data = await openData(deps, visit);
  const { name = null, number = null, phone = null, assurance } = data.profile;
  const nameOf = await siteNames(deps, clientIdsOf(data));
  showPage(ctx, deps, (context) => (
    <ExportPage
      context={context}
      name={name}
      number={number}
      phone={phone}
      assurance={assurance}
      parts={partsOf(data, context.language, nameOf)}
    />
  ));
};

/** Hands out the same as a file that programs read. */
export const downloadExport: PortalPage = async (ctx, deps, visit) => {
  const data = await openData(deps, visit);
  await deps.consent.addNotice({ accountId: visit.accountId, kind: 'export-made', values: {} });
  const madeAt = new Date(deps.nowSeconds() * 1000);
  ctx.attachment('my-data.json');
  ctx.type = 'application/json';
  ctx.body = JSON.stringify({ madeAt, issuer: deps.issuer, ...data }, null, 2);
};

const openData = async (deps: PortalDeps, visit: Visit): Promise<OwnData> => {
  await recordOwnLook(deps, visit, toExport);
  return collectData(deps, visit);
};

const clientIdsOf = ({ signIns, sites, sessions }: OwnData): string[] => [
  ...signIns.rows.flatMap(({ reached }) => reached?.clientId ?? []),
  ...sites.rows.map(({ clientId }) => clientId),
  ...sessions.rows.flatMap(({ clientIds }) => clientIds),
];

type NameOf = Awaited<ReturnType<typeof siteNames>>;

/** Puts every row into a line. */
const partsOf = (data: OwnData, language: 'zh' | 'en', nameOf: NameOf): ExportPageProps['parts'] => {
  const { my, portal } = textOf(language);
  const at = (instant: Date | null): string => (instant === null ? '' : momentOf(language, instant));
  const part = <K extends ExportPageProps['parts'][number]['part']>(
    name: K,
    lineOf: (row: OwnData[K]['rows'][number]) => (string | undefined)[],
  ) => ({
    part: name,
    isWhole: data[name].isWhole,
    lines: (data[name].rows as OwnData[K]['rows'][number][]).map((row) =>
      lineOf(row)
        .filter((text) => text)
        .join(' · '),
    ),
  });
  return [
    part('certificates', ({ identifier, issuerName, state }) => [
      identifier,
      issuerName,
      portal.states[state],
    ]),
    part('uses', ({ reader, what, at: readAt }) => [
      reader.name[language],
      what.certificateIdentifier,
      ...what.fields.map((field) => claimText(language, field).label),
      at(readAt),
    ]),
    part('authorisations', ({ requester, item, state, requestedAt }) => [
      requester.name[language],
      item.name[language],
      portal.authorisations.states[state],
      at(requestedAt),
    ]),
    part('objections', ({ text, state, openedAt }) => [text, state, at(openedAt)]),
    part('sessions', ({ browser, network, place, startedAt }) => [
      browser,
      network,
      place?.[language],
      at(startedAt),
    ]),
    part('devices', ({ network, place, lastSeenAt, ...kind }) => [
      nameOfKind(kind),
      network,
      place?.[language],
      at(lastSeenAt),
    ]),
    part('signIns', ({ reached, method, place, at: enteredAt }) => [
      reached === null ? my.history.refused : nameOf(reached.clientId, language),
      method === 'continued' ? my.history.continued : my.history.methods[method],
      place?.[language],
      at(enteredAt),
    ]),
    part('sites', ({ clientId, lastAt }) => [nameOf(clientId, language), at(lastAt)]),
    part('passkeys', ({ name, createdAt }) => [name, at(createdAt)]),
    part('notices', ({ kind, values, at: toldAt }) => [fill(my.notices.kinds[kind], values), at(toldAt)]),
  ];
};
