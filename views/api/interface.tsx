import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Language, type Text, textOf } from '../text/index.ts';
import type { DescribedOperation, DescribedRefusal, InterfaceDocument } from './document.ts';
import { Shape } from './shape.tsx';

export interface InterfacePageProps {
  context: PageContext;
  document: InterfaceDocument;
}

type Words = Text['api'];

const Refusals = ({
  refusals,
  language,
}: {
  refusals: readonly DescribedRefusal[];
  language: Language;
}): VNode => (
  <dl>
    {refusals.map((refusal) => (
      <div key={refusal.code}>
        <dt>
          <code class="code">{refusal.code}</code> {refusal.status}
        </dt>
        {/* What stands in braces is filled in when it is refused. */}
        <dd>{refusal[language].replace(/\{\w+\}/g, '…')}</dd>
      </div>
    ))}
  </dl>
);

const Operation = ({
  address,
  operation,
  language,
  words,
}: {
  address: string;
  operation: DescribedOperation;
  language: Language;
  words: Words;
}): VNode => (
  <section id={operation.operationId} aria-labelledby={`${operation.operationId}-name`}>
    <h2 id={`${operation.operationId}-name`}>{operation['x-summary'][language]}</h2>
    <dl>
      <div>
        <dt>{words.address}</dt>
        <dd class="code">POST {address}</dd>
      </div>
      <div>
        <dt>{words.scope}</dt>
        <dd class="code">{operation.security.flatMap(({ department }) => department).join(' ')}</dd>
      </div>
      <div>
        <dt>{words.quota}</dt>
        <dd>{fill(words.calls, { count: String(operation['x-calls-per-minute']) })}</dd>
      </div>
    </dl>
    <h3>{words.body}</h3>
    <Shape schema={operation.requestBody.content['application/json'].schema} words={words} />
    <h3>{words.answer}</h3>
    <Shape schema={operation.responses[200].content['application/json'].schema} words={words} />
    {operation['x-refusals'].length > 0 && (
      <>
        <h3>{words.refusals}</h3>
        <Refusals refusals={operation['x-refusals']} language={language} />
      </>
    )}
  </section>
);

/** Renders the description of the department interface: how to call it, then each operation. */
export const InterfacePage = ({ context, document }: InterfacePageProps): VNode => {
  const { language } = context;
  const words = textOf(language).api;
  const operations = Object.entries(document.paths).map(([path, { post }]) => ({
    address: `${document.servers[0]?.url ?? ''}${path}`,
    operation: post,
  }));
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <p>{words.access}</p>
      <p>{fill(words.quotas, { count: String(document['x-calls-per-minute']) })}</p>
      <ActionLink href="/api/openapi.json" kind="secondary">
        {words.machineForm}
      </ActionLink>
      <nav aria-label={words.operations}>
        <h2>{words.operations}</h2>
        <ul class="plain">
          {operations.map(({ operation }) => (
            <li key={operation.operationId}>
              <a class="target" href={`#${operation.operationId}`}>
                {operation['x-summary'][language]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {operations.map(({ address, operation }) => (
        <Operation key={address} address={address} operation={operation} language={language} words={words} />
      ))}
      <section id="refusals" aria-labelledby="refusals-name">
        <h2 id="refusals-name">{words.everyRefusal}</h2>
        <p>{words.problem}</p>
        <Refusals refusals={document['x-refusals']} language={language} />
      </section>
      <ActionLink href="/">{textOf(language).error.home}</ActionLink>
    </Layout>
  );
};
