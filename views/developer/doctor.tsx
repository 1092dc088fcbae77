import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { type Text, textOf } from '../text/index.ts';

type Words = Text['doctor'];
type Checks = Record<keyof Words['checks'], boolean | null>;

export interface ShownTrace {
  code: string;
  at: Date;
  clientId: string;
  error: string;
  cause: keyof Words['causes'];
  request: {
    method: string;
    path: string;
    parameters: readonly [name: string, value: string][];
    scheme: string | null;
    assertion: object | null;
    dpop: object | null;
  };
  checks: Checks;
}

export interface FindTracePageProps {
  context: PageContext;
  code: string;
  error?: string;
}

/** Renders the field for a trace code; its form sends `code` by GET. */
export const FindTracePage = ({ context, code, error }: FindTracePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.doctor;
  return (
    <Layout context={context} title={words.title} wrong={Boolean(error)}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <form method="get" action="/doctor">
        <Field
          text={text}
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={code}
          error={error}
          code
        />
        <Button>{words.find}</Button>
      </form>
      <ActionLink href="/developer">{text.onboarding.back}</ActionLink>
    </Layout>
  );
};

export interface TracePageProps {
  context: PageContext;
  csrf: string;
  path: string;
  siteName: string;
  trace: ShownTrace;
  /** How the request stands now, once it was looked at again. */
  now: Checks | null;
}

/** Renders why a request was refused, what to change and the request itself; its form takes `csrf`. */
export const TracePage = ({ context, csrf, path, siteName, trace, now }: TracePageProps): VNode => {
  const words = textOf(context.language).doctor;
  const { what, fix } = words.causes[trace.cause];
  const rows: [string, string][] = [
    [words.code, trace.code],
    [words.site, `${siteName} (${trace.clientId})`],
    [words.at, momentOf(context.language, trace.at)],
    [words.endpoint, `${trace.request.method} ${trace.request.path}`],
    [words.error, trace.error],
  ];
  return (
    <Layout context={context} title={words.traceTitle}>
      <h1>{words.traceTitle}</h1>
      <p>
        <strong>{what}</strong>
      </p>
      <p>{fix}</p>
      <Rows rows={rows} />
      <ShownChecks words={words} atFirst={trace.checks} now={now} />
      <form method="post" action={path}>
        <Hidden values={{ csrf }} />
        <Button kind="secondary">{words.again}</Button>
      </form>
      <section class="apart" aria-labelledby="request">
        <h2 id="request">{words.request}</h2>
        <p>{words.masked}</p>
        <Rows rows={partsOf(trace, words)} />
      </section>
      <ActionLink href="/doctor">{words.another}</ActionLink>
    </Layout>
  );
};

const partsOf = ({ request }: ShownTrace, words: Words): [string, string][] => [
  ...request.parameters.map(([name, value]): [string, string] => [name, value === '' ? words.empty : value]),
  ...(request.scheme === null ? [] : [['Authorization', `${request.scheme} …`] satisfies [string, string]]),
  ...[['client_assertion', request.assertion] as const, ['DPoP', request.dpop] as const].flatMap(
    ([name, proof]): [string, string][] =>
      proof === null ? [] : [[`${name} (${words.withoutSignature})`, JSON.stringify(proof)]],
  ),
];

const Rows = ({ rows }: { rows: readonly [string, string][] }): VNode => (
  <dl>
    {rows.map(([term, value]) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd class="code">{value}</dd>
      </div>
    ))}
  </dl>
);

const ShownChecks = ({
  words,
  atFirst,
  now,
}: {
  words: Words;
  atFirst: Checks;
  now: Checks | null;
}): VNode => {
  const said = (verdict: boolean | null): string =>
    verdict === null ? words.verdicts.unknown : verdict ? words.verdicts.good : words.verdicts.bad;
  const names = (Object.keys(words.checks) as (keyof Checks)[]).filter(
    (name) => atFirst[name] !== null || (now !== null && now[name] !== null),
  );
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{words.checksTitle}</h2>
      <p>{words.checksLead}</p>
      <ul class="items">
        {names.map((name) => (
          <li key={name}>
            <strong>{words.checks[name]}</strong>
            <span class="bar">
              <span class={atFirst[name] === false ? 'state ended' : 'state'}>
                {words.atFirst} {said(atFirst[name])}
              </span>
              {now !== null && (
                <span class={now[name] === false ? 'state ended' : 'state'}>
                  {words.now} {said(now[name])}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {names.length === 0 && <p>{words.nothingToCheck}</p>}
    </section>
  );
};
