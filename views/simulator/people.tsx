import type { VNode } from 'preact';
import { AbortForm } from '../interaction/abort-form.tsx';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, textOf } from '../text/index.ts';

export interface PeoplePageProps {
  context: PageContext;
  /** Takes `csrf`, `person`, the place in the list from 1, and `level`, empty or 1 to 4. */
  action: string;
  csrf: string;
  abortAction: string;
  people: readonly { name: string; maskedNumber: string; level: number | null }[];
  /** The site sent a login_hint that the simulator does not understand. */
  isHintStrange: boolean;
}

const levels = ['1', '2', '3', '4'] as const;

/** Renders whom the simulator can sign in; one press does it. */
export const PeoplePage = (props: PeoplePageProps): VNode => {
  const { context, action, csrf, abortAction, people, isHintStrange } = props;
  const text = textOf(context.language);
  const words = text.simulator;
  return (
    <Layout context={context} title={words.title} siteAbove>
      {isHintStrange && (
        <Notice>
          <p role="status">{words.strangeHint}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <SelectField
          text={text}
          name="level"
          label={words.level}
          none={words.asAsked}
          options={levels.map((value) => ({ value, label: fill(words.levelOf, { level: value }) }))}
        />
        <h2 id="people">{words.people}</h2>
        {people.length === 0 && <p>{words.nobody}</p>}
        <ul class="items" aria-labelledby="people">
          {people.map(({ name, maskedNumber, level }, i) => (
            <li key={maskedNumber + name}>
              <Button kind="secondary" name="person" value={String(i + 1)}>
                <span lang="zh-CN">{name}</span>
              </Button>
              <span class="hint">
                {i + 1} · {maskedNumber}
                {level !== null && ` · ${fill(words.levelOf, { level: String(level) })}`}
              </span>
            </li>
          ))}
        </ul>
      </form>
      <div class="others">
        <AbortForm context={context} action={abortAction} csrf={csrf} />
      </div>
    </Layout>
  );
};
