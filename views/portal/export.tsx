import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

/** The parts of an export that are lists, by the words that name them. */
export type ExportPart = Exclude<
  keyof Text['my']['exported'],
  'title' | 'lead' | 'download' | 'count' | 'more'
>;

export interface ExportPageProps {
  context: PageContext;
  name: string | null;
  number: string | null;
  phone: string | null;
  assurance: 1 | 2 | 3 | 4;
  parts: readonly { part: ExportPart; lines: readonly string[]; isWhole: boolean }[];
}

const Part = ({
  part,
  lines,
  isWhole,
  words,
}: ExportPageProps['parts'][number] & {
  words: Text['my']['exported'];
}): VNode => (
  <section aria-labelledby={part}>
    <h2 id={part}>{words[part]}</h2>
    <p>{fill(isWhole ? words.count : words.more, { count: String(lines.length) })}</p>
    <ul>
      {lines.map((line, place) => (
        <li key={`${place} ${line}`}>{line}</li>
      ))}
    </ul>
  </section>
);

/** Renders what is kept of a person, to be read and to be taken away. */
export const ExportPage = (props: ExportPageProps): VNode => {
  const { context, name, number, phone, assurance, parts } = props;
  const { my, portal } = textOf(context.language);
  const words = my.exported;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <ActionLink href="/my/export/file" kind="secondary">
        {words.download}
      </ActionLink>
      <dl>
        <div>
          <dt>{portal.name}</dt>
          <dd>{name ?? portal.notKnown}</dd>
        </div>
        <div>
          <dt>{portal.number}</dt>
          <dd>{number ?? portal.notKnown}</dd>
        </div>
        <div>
          <dt>{portal.phone}</dt>
          <dd>{phone ?? portal.noPhone}</dd>
        </div>
        <div>
          <dt>{portal.level}</dt>
          <dd>{portal.levels[assurance]}</dd>
        </div>
      </dl>
      {parts.map(({ part, lines, isWhole }) => (
        <Part key={part} part={part} lines={lines} isWhole={isWhole} words={words} />
      ))}
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </Layout>
  );
};
