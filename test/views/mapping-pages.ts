import type { VNode } from 'preact';
import { MappingDraftPage, PublishMappingPage } from '../../views/console/mapping-forms.tsx';
import { MappingPage, MappingsPage } from '../../views/console/mappings.tsx';
import type { PageContext } from '../../views/layout.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';
const shown = { groups: '0123 4567', words: '0 1 2 3, Alfa Bravo' };
const row = {
  href: '/console/mappings/map_1/2',
  name: '全省类型对应',
  version: 2,
  publisher: '990000',
  publishedAt: at,
};
const changes = [{ title: '4 级', change: 'changed' as const, before: ['3 级'], after: ['2 级'] }];
const typed = { name: '全省类型对应', levels: '990200 990100 2=2', types: '', document: '' };

/** Makes the officers' pages of mappings, in each of their shapes. */
export const mappingPages = (context: PageContext): Record<string, VNode> => ({
  mappings: MappingsPage({
    context,
    mappings: [row, { ...row, href: `${row.href}0`, publishedAt: null }],
    mayDraft: true,
    nextHref: '/console/mappings?after=map_1',
  }),
  noMappings: MappingsPage({ context, mappings: [], mayDraft: false, nextHref: null }),
  mapping: MappingPage({
    ...row,
    context,
    number: 'map_1',
    digest: shown,
    clauses: [{ key: 'levels', title: '等级换算', lines: ['4 级 算作 2 级'] }],
    changes,
    touched: ['agr_1', 'agr_2'].map((id, i) => ({
      href: `/console/agreements/${id}/1`,
      name: `示例市${i}`,
      agreement: 1,
      versions: [1],
      changes: i === 0 ? changes : [],
      redraftHref: i === 0 ? `/console/agreements/${id}/1/draft` : null,
    })),
    versions: [{ href: row.href, version: 2, publishedAt: at }],
    ways: ['next', 'edit', 'publish'],
  }),
  mappingFirst: MappingPage({
    ...row,
    context,
    publishedAt: null,
    number: 'map_1',
    digest: shown,
    clauses: [],
    changes: null,
    touched: [],
    versions: [],
    ways: [],
  }),
  mappingDraft: MappingDraftPage({
    context,
    csrf,
    purpose: 'next',
    action: `${row.href}/draft`,
    back: '/console/mappings',
    typed,
    errors: [
      { field: 'levels', text: 'x' },
      { field: 'name', text: 'y' },
    ],
  }),
  mappingPublish: PublishMappingPage({
    context,
    csrf,
    href: row.href,
    name: row.name,
    digest: { whole: 'x', shown },
    isPublished: false,
    reason: '首次发布',
    error: 'x',
  }),
  mappingPublished: PublishMappingPage({
    context,
    csrf,
    href: row.href,
    name: row.name,
    digest: { whole: 'x', shown },
    isPublished: true,
    reason: '',
  }),
});
