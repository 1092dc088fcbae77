import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { Fact, Remark, WaysOn } from './parts.tsx';

const findPath = '/console/mandates';

/** A mandate within a family, as the officers' pages name it: by nobody's name. */
export interface ShownMandate {
  href: string;
  role: 'parent' | 'child';
  state: keyof Text['mandates']['states'];
}

interface PageProps {
  context: PageContext;
  csrf: string;
  error?: string;
}

const Refusal = ({ error }: { error?: string | undefined }): VNode | null =>
  error === undefined ? null : (
    <Notice kind="error">
      <p>{error}</p>
    </Notice>
  );

const NumberField = ({ text, side }: { text: Text; side: 'agent' | 'principal' }): VNode => {
  const words = text.counterMandates;
  return (
    <Field
      text={text}
      name={`${side}Number`}
      label={words[`${side}Number`]}
      hint={words.numberHint}
      autocomplete="off"
      maxLength={40}
      code
    />
  );
};

/** Renders the form that finds what there is between two people; takes `csrf`, `agentNumber` and `principalNumber`. */
export const FindMandatesPage = (
  props: PageProps & { /** Null before anything was looked for. */ found: readonly ShownMandate[] | null },
): VNode => {
  const { context, csrf, error, found } = props;
  const text = textOf(context.language);
  const words = text.counterMandates;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      <Refusal error={error} />
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {found !== null && <h2>{words.found}</h2>}
      {found?.length === 0 && <p>{words.none}</p>}
      {found !== null && found.length > 0 && (
        <ul class="items">
          {found.map(({ href, role, state }) => (
            <li key={href}>
              <a class="target" href={href}>
                {words.lines[role]}
              </a>
              <span class="hint">{text.mandates.states[state]}</span>
            </li>
          ))}
        </ul>
      )}
      <h2>{words.find}</h2>
      <form method="post" action={findPath}>
        <Hidden values={{ csrf }} />
        <NumberField text={text} side="agent" />
        <NumberField text={text} side="principal" />
        <Button>{words.search}</Button>
      </form>
      <ActionLink href={`${findPath}/record`} kind="secondary">
        {words.record}
      </ActionLink>
      <WaysOn context={context} />
    </Layout>
  );
};

/**
 * Renders the form by which an officer records what papers show; takes `csrf`, `role`, `agentName`, `agentNumber`,
 * `principalName`, `principalNumber`, `days`, `evidenceDigest`, `checked` and `reason`. What names a person is not repeated.
 */
export const RecordMandatePage = (
  props: PageProps & { days: readonly number[]; evidenceDigest: string; reason: string },
): VNode => {
  const { context, csrf, error, days, evidenceDigest, reason } = props;
  const text = textOf(context.language);
  const words = text.counterMandates;
  const roles = Object.entries(words.lines).map(([value, label]) => ({ value, label }));
  const terms = days.map((count) => ({
    value: String(count),
    label: fill(words.daysOf, { days: String(count) }),
  }));
  return (
    <Layout context={context} title={words.recordTitle} wrong={error !== undefined}>
      <Refusal error={error} />
      <h1>{words.recordTitle}</h1>
      <p>{words.recordLead}</p>
      <form method="post" action={`${findPath}/record`}>
        <Hidden values={{ csrf }} />
        <SelectField text={text} name="role" label={words.role} options={roles} />
        <Field text={text} name="agentName" label={words.agentName} autocomplete="off" />
        <NumberField text={text} side="agent" />
        <Field text={text} name="principalName" label={words.principalName} autocomplete="off" />
        <NumberField text={text} side="principal" />
        <SelectField text={text} name="days" label={words.days} options={terms} />
        <Field
          text={text}
          name="evidenceDigest"
          label={words.digest}
          hint={words.digestHint}
          value={evidenceDigest}
          autocomplete="off"
          maxLength={64}
          code
        />
        <label class="choice">
          <input type="checkbox" name="checked" value="yes" />
          <span>{words.checked}</span>
        </label>
        <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
        <Button>{words.propose}</Button>
      </form>
      <WaysOn context={context} back={{ href: findPath, label: words.back }} />
    </Layout>
  );
};

export interface CounterMandatePageProps extends PageProps {
  mandate: ShownMandate & {
    agentName: string;
    principalName: string;
    expiresAt: Date | null;
    evidenceDigest: string | null;
  };
  reason: string;
}

const EndForm = ({ context, csrf, mandate, reason }: CounterMandatePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.counterMandates;
  const byLaw = Object.entries(text.mandates.endingByLaw.reasons);
  const reasons: [string, string][] = mandate.role === 'parent' ? byLaw : [['asked', words.asked]];
  return (
    <section aria-labelledby="end">
      <h2 id="end">{words.endTitle}</h2>
      <form method="post" action={mandate.href}>
        <Hidden values={{ csrf }} />
        <SelectField
          text={text}
          name="ending"
          label={words.endReason}
          options={reasons.map(([value, label]) => ({ value, label }))}
        />
        <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
        <Button>{words.end}</Button>
      </form>
    </section>
  );
};

/** Renders one mandate, both people masked, and the form that proposes to end it; takes `csrf`, `ending` and `reason`. */
export const CounterMandatePage = (props: CounterMandatePageProps): VNode => {
  const { context, error, mandate } = props;
  const text = textOf(context.language);
  const words = text.counterMandates;
  const { expiresAt, evidenceDigest } = mandate;
  return (
    <Layout context={context} title={words.one} wrong={error !== undefined}>
      <Refusal error={error} />
      <h1>{words.one}</h1>
      <dl>
        <Fact name={words.relation} value={words.lines[mandate.role]} />
        <Fact name={words.agent} value={mandate.agentName} />
        <Fact name={words.principal} value={mandate.principalName} />
        <Fact name={words.state} value={text.mandates.states[mandate.state]} />
        <Fact
          name={words.until}
          value={expiresAt === null ? words.noEnd : momentOf(context.language, expiresAt)}
        />
        <Fact
          name={words.proof}
          value={evidenceDigest ?? words.byCertificate}
          code={evidenceDigest !== null}
        />
      </dl>
      {mandate.state === 'active' && <EndForm {...props} />}
      <WaysOn context={context} back={{ href: findPath, label: words.back }} />
    </Layout>
  );
};
