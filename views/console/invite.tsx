import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { textOf } from '../text/index.ts';
import { Remark, WaysOn } from './parts.tsx';

export interface InvitePageProps {
  context: PageContext;
  csrf: string;
  /** What was typed so far. */
  draft: {
    name: string;
    regionCode: string;
    authorityCode: string;
    authorityName: string;
    reason: string;
    roles: readonly string[];
  };
  error?: string;
}

/** Renders the form that proposes a new officer; it takes `csrf`, `name`, `regionCode`, `authorityCode`,
 * `authorityName`, `role_…` and `reason`. */
export const InvitePage = ({ context, csrf, draft, error }: InvitePageProps): VNode => {
  const text = textOf(context.language);
  const { officers: words, roles } = text.console;
  return (
    <Layout context={context} title={words.invite} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.invite}</h1>
      <form method="post" action="/console/officers/invite">
        <Hidden values={{ csrf }} />
        <Field
          text={text}
          name="name"
          label={words.name}
          value={draft.name}
          autocomplete="off"
          maxLength={50}
        />
        <Field
          text={text}
          name="regionCode"
          label={words.region}
          hint={words.regionHint}
          value={draft.regionCode}
          autocomplete="off"
          maxLength={6}
        />
        <Field
          text={text}
          name="authorityCode"
          label={words.authorityCode}
          hint={words.authorityHint}
          value={draft.authorityCode}
          autocomplete="off"
          maxLength={18}
          code
        />
        <Field
          text={text}
          name="authorityName"
          label={words.authorityName}
          value={draft.authorityName}
          autocomplete="off"
          maxLength={256}
        />
        <fieldset>
          <legend>{words.roles}</legend>
          <p class="hint">{words.rolesHint}</p>
          {Object.entries(roles).map(([role, label]) => (
            <label class="choice" key={role}>
              <input type="checkbox" name={`role_${role}`} value="yes" checked={draft.roles.includes(role)} />
              {label}
            </label>
          ))}
        </fieldset>
        <Remark name="reason" label={words.reason} hint={words.reasonHint} value={draft.reason} />
        <Button>{words.propose}</Button>
      </form>
      <WaysOn context={context} back={{ href: '/console/officers', label: words.back }} />
    </Layout>
  );
};
