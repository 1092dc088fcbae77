import type { ComponentChildren, VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { Remark, WaysOn } from './parts.tsx';

/** What every form has that changes an officer at work. */
export interface ChangeProps {
  context: PageContext;
  /** The officer's page; the form stands below it. */
  officerHref: string;
  csrf: string;
  name: string;
  reason: string;
  error?: string;
}

const Frame = ({
  props,
  of,
  children,
}: {
  props: ChangeProps;
  of: 'roles' | 'passkey' | 'account';
  children: ComponentChildren;
}): VNode => {
  const { context, officerHref, csrf, name, reason, error } = props;
  const text = textOf(context.language);
  const { officers: words } = text.console;
  const title = fill(text.officerChanges[of].title, { name });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{text.officerChanges[of].lead}</p>
      <form method="post" action={`${officerHref}/${of}`}>
        <Hidden values={{ csrf }} />
        {children}
        <Remark name="reason" label={words.reason} hint={words.reasonHint} value={reason} />
        <Button>{words.propose}</Button>
      </form>
      <WaysOn context={context} back={{ href: officerHref, label: words.backToOne }} />
    </Layout>
  );
};

/** Renders the form that proposes other roles; it takes `csrf`, `role_…` and `reason`. */
export const RolesPage = ({ roles, ...props }: ChangeProps & { roles: readonly string[] }): VNode => {
  const words = textOf(props.context.language).console;
  return (
    <Frame props={props} of="roles">
      <fieldset>
        <legend>{words.officers.roles}</legend>
        <p class="hint">{words.officers.rolesHint}</p>
        {Object.entries(words.roles).map(([role, label]) => (
          <label class="choice" key={role}>
            <input type="checkbox" name={`role_${role}`} value="yes" checked={roles.includes(role)} />
            {label}
          </label>
        ))}
      </fieldset>
    </Frame>
  );
};

/** Renders the form that proposes a passkey; it takes `csrf`, `lost` and `reason`. */
export const PasskeyPage = (props: ChangeProps): VNode => (
  <Frame props={props} of="passkey">
    <label class="choice">
      <input type="checkbox" name="lost" value="yes" />
      {textOf(props.context.language).officerChanges.passkey.lost}
    </label>
  </Frame>
);

/** Renders the form that proposes the account of the same person; it takes `csrf`, `number` and `reason`. */
export const AccountPage = ({ isTied, ...props }: ChangeProps & { isTied: boolean }): VNode => {
  const text = textOf(props.context.language);
  const { account: words } = text.officerChanges;
  return (
    <Frame props={props} of="account">
      {isTied && <p class="state">{words.tied}</p>}
      <Field
        text={text}
        name="number"
        label={words.number}
        hint={words.numberHint}
        autocomplete="off"
        maxLength={18}
        code
      />
    </Frame>
  );
};
