import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { type Text, textOf } from '../text/index.ts';

/** What was typed so far, or what is registered. */
export interface ShownDraft extends Record<LineName | AreaName, string> {
  kind: string;
  profile: string;
  scopes: readonly string[];
  level: number;
}

type AreaName = 'redirectUris' | 'postLogoutUris' | 'jwks';

export interface SiteFormPageProps {
  context: PageContext;
  csrf: string;
  action: string;
  backHref: string;
  purpose: 'register' | 'change' | 'production';
  draft: ShownDraft;
  scopes: readonly string[];
  error?: string;
}

interface Part {
  text: Text;
  draft: ShownDraft;
}

const OneLine = ({ text, draft, name, hint }: Part & { name: LineName; hint?: string }): VNode => (
  <Field
    text={text}
    name={name}
    label={text.onboarding.form[name]}
    {...(hint === undefined ? {} : { hint })}
    value={draft[name]}
    autocomplete="off"
    maxLength={300}
  />
);

type LineName =
  | 'siteId'
  | 'nameZh'
  | 'nameEn'
  | 'department'
  | 'purpose'
  | 'homeUrl'
  | 'logoutUri'
  | 'jwksUri'
  | 'idNumberBasis'
  | 'lesserProfileReason'
  | 'placeZh'
  | 'placeEn';

const WhoItIs = ({ text, draft, isNew }: Part & { isNew: boolean }): VNode => {
  const words = text.onboarding.form;
  return (
    <>
      {isNew && <OneLine text={text} draft={draft} name="siteId" hint={words.siteIdHint} />}
      <OneLine text={text} draft={draft} name="nameZh" />
      <OneLine text={text} draft={draft} name="nameEn" />
      <OneLine text={text} draft={draft} name="department" />
      <OneLine text={text} draft={draft} name="purpose" hint={words.purposeHint} />
      <SelectField
        text={text}
        name="kind"
        label={words.kind}
        value={draft.kind}
        options={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
      />
      <SelectField
        text={text}
        name="profile"
        label={words.profile}
        hint={words.profileHint}
        value={draft.profile}
        options={Object.entries(text.siteProfiles.names).map(([value, label]) => ({ value, label }))}
      />
      <OneLine text={text} draft={draft} name="lesserProfileReason" hint={words.lesserProfileReasonHint} />
    </>
  );
};

const WhereItIs = ({ text, draft }: Part): VNode => {
  const words = text.onboarding.form;
  return (
    <>
      <OneLine text={text} draft={draft} name="homeUrl" />
      <TextArea
        name="redirectUris"
        label={words.redirectUris}
        hint={words.redirectHint}
        value={draft.redirectUris}
      />
      <TextArea
        name="postLogoutUris"
        label={words.postLogoutUris}
        hint={words.linesHint}
        value={draft.postLogoutUris}
      />
      <OneLine text={text} draft={draft} name="logoutUri" hint={words.logoutHint} />
      <OneLine text={text} draft={draft} name="jwksUri" hint={words.jwksUriHint} />
      <TextArea name="jwks" label={words.jwks} hint={words.jwksHint} value={draft.jwks} longest={10_000} />
    </>
  );
};

/** A scope in words, with its own name beside them; one without words by its name alone. */
const nameOf = (names: Record<string, string>, scope: string): string =>
  Object.hasOwn(names, scope) ? `${names[scope]}（${scope}）` : scope;

const WhatItNeeds = ({ text, draft, scopes }: Part & { scopes: readonly string[] }): VNode => {
  const words = text.onboarding.form;
  return (
    <>
      <fieldset>
        <legend>{words.scopes}</legend>
        <p class="hint">{words.scopesHint}</p>
        {scopes.map((scope) => (
          <label class="choice" key={scope}>
            <input
              type="checkbox"
              name={`scope_${scope}`}
              value="yes"
              checked={draft.scopes.includes(scope)}
            />
            {nameOf(words.scopeNames, scope)}
          </label>
        ))}
      </fieldset>
      <OneLine text={text} draft={draft} name="idNumberBasis" hint={words.idNumberHint} />
      <SelectField
        text={text}
        name="level"
        label={words.level}
        hint={words.levelHint}
        value={String(draft.level)}
        options={words.levels.map((label, place) => ({ value: String(place + 1), label }))}
      />
      <OneLine text={text} draft={draft} name="placeZh" hint={words.placeHint} />
      <OneLine text={text} draft={draft} name="placeEn" hint={words.placeHint} />
    </>
  );
};

/** Renders the form that registers a site, changes its sandbox or asks for production; it takes `csrf` and the fields of
 * a ShownDraft, scopes as `scope_…`. */
export const SiteFormPage = (props: SiteFormPageProps): VNode => {
  const { context, csrf, action, backHref, purpose, draft, error } = props;
  const text = textOf(context.language);
  const words = text.onboarding.form;
  const title = words[`${purpose}Title`];
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{title}</h1>
      <p>{words[`${purpose}Lead`]}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <WhoItIs text={text} draft={draft} isNew={purpose === 'register'} />
        <WhereItIs text={text} draft={draft} />
        <WhatItNeeds text={text} draft={draft} scopes={props.scopes} />
        <Button>{words[purpose]}</Button>
      </form>
      <ActionLink href={backHref}>
        {purpose === 'register' ? text.onboarding.back : text.onboarding.backToSite}
      </ActionLink>
    </Layout>
  );
};
