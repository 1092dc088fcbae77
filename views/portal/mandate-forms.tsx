import type { ComponentChildren, VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

interface FormProps {
  context: PageContext;
  csrf: string;
  action: string;
  backHref: string;
  error?: string | undefined;
}

const FormPage = (
  props: FormProps & { title: string; lead: string; button: string; children: ComponentChildren },
): VNode => {
  const { context, csrf, action, backHref, error, title, lead, button, children } = props;
  return (
    <Layout context={context} title={title} wrong={error !== undefined}>
      {error !== undefined && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        {children}
        <div class="stack">
          <Button>{button}</Button>
          <ActionLink href={backHref}>{textOf(context.language).mandates.back}</ActionLink>
        </div>
      </form>
    </Layout>
  );
};

/** Renders the form by which a legal representative opens an organisation; takes `creditCode`. */
export const ClaimOrganisationPage = (props: FormProps): VNode => {
  const text = textOf(props.context.language);
  const words = text.mandates.claiming;
  return (
    <FormPage {...props} title={words.title} lead={words.lead} button={words.button}>
      <Field text={text} name="creditCode" label={words.code} hint={words.codeHint} autocomplete="off" code />
    </FormPage>
  );
};

/** What may be chosen for a new mandate. */
export interface TermsOffered {
  items: readonly { code: string; name: string }[];
  days: readonly number[];
}

/** The other person, the items as tick boxes `item-CODE`, and the `days`. */
const OtherAndTerms = ({ text, offered }: { text: Text; offered: TermsOffered }): VNode => {
  const { person, terms } = text.mandates;
  const options = offered.days.map((days) => ({
    value: String(days),
    label: fill(terms.daysOf, { days: String(days) }),
  }));
  return (
    <>
      <Field text={text} name="name" label={person.name} autocomplete="off" />
      <Field
        text={text}
        name="number"
        label={person.number}
        hint={person.numberHint}
        autocomplete="off"
        code
      />
      {offered.items.length > 0 && (
        <fieldset>
          <legend>{terms.items}</legend>
          <p class="hint">{terms.itemsHint}</p>
          {offered.items.map(({ code, name }) => (
            <label class="choice" key={code}>
              <input type="checkbox" name={`item-${code}`} value="yes" />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      )}
      <SelectField text={text} name="days" label={terms.days} options={options} />
    </>
  );
};

/** Renders the form by which a member is invited; takes `name`, `number`, `role`, `item-CODE` and `days`. */
export const InviteMemberPage = (
  props: FormProps & {
    organisation: string;
    roles: readonly ('administrator' | 'operator')[];
    offered: TermsOffered;
  },
): VNode => {
  const { organisation, roles, offered } = props;
  const text = textOf(props.context.language);
  const { inviting: words, roles: names, roleHints } = text.mandates;
  return (
    <FormPage
      {...props}
      title={fill(words.title, { name: organisation })}
      lead={words.lead}
      button={words.button}
    >
      <SelectField
        text={text}
        name="role"
        label={words.role}
        hint={roles.map((role) => roleHints[role]).join(' ')}
        options={roles.map((role) => ({ value: role, label: names[role] }))}
      />
      <OtherAndTerms text={text} offered={offered} />
    </FormPage>
  );
};

/** Renders the form by which a parent ends what the other has, for a reason of law; takes `reason`. */
export const EndByLawPage = (props: FormProps): VNode => {
  const text = textOf(props.context.language);
  const words = text.mandates.endingByLaw;
  const options = Object.entries(words.reasons).map(([value, label]) => ({ value, label }));
  return (
    <FormPage {...props} title={words.title} lead={words.lead} button={words.button}>
      <SelectField text={text} name="reason" label={words.reason} options={options} />
    </FormPage>
  );
};

/** Renders the form of a mandate within the family; takes `relation`, `name`, `number`, `item-CODE` and `days`. */
export const FamilyMandatePage = (props: FormProps & { offered: TermsOffered }): VNode => {
  const text = textOf(props.context.language);
  const words = text.mandates.relating;
  const options = Object.entries(words.relations).map(([value, label]) => ({ value, label }));
  return (
    <FormPage {...props} title={words.title} lead={words.lead} button={words.button}>
      <SelectField text={text} name="relation" label={words.relation} options={options} />
      <OtherAndTerms text={text} offered={props.offered} />
    </FormPage>
  );
};
