import type { VNode } from 'preact';
import { Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Language, type Text, textOf } from '../text/index.ts';

type Words = Text['portal']['authorisations'];
export type ReasonName = keyof Words['objection']['reasons'];
type StarsName = keyof Words['rating']['starsOf'];

/** An objection as its person sees it. */
export interface ShownObjection {
  objectionId: string;
  reason: ReasonName;
  text: string;
  state: keyof Words['objection']['states'];
  openedAt: Date;
  /** What the officer answered; null as long as nobody did. */
  answer: string | null;
}

/** What a form holds when it is shown: as last sent, or as kept. */
export interface Draft {
  choice: string;
  text: string;
}

export interface ResponseForm {
  language: Language;
  csrf: string;
  /** The address of the use. */
  path: string;
  draft: Draft;
}

const TextArea = (props: {
  name: string;
  label: string;
  hint: string;
  value: string;
  most: number;
}): VNode => (
  <div class="field">
    <label for={props.name}>{props.label}</label>
    <p class="hint" id={`${props.name}-hint`}>
      {props.hint}
    </p>
    <textarea
      id={props.name}
      name={props.name}
      rows={4}
      maxLength={props.most}
      aria-describedby={`${props.name}-hint`}
      value={props.value}
    />
  </div>
);

const Radios = ({
  name,
  legend,
  options,
  chosen,
}: {
  name: string;
  legend: string;
  options: readonly (readonly [value: string, label: string])[];
  chosen: string;
}): VNode => (
  <fieldset>
    <legend>{legend}</legend>
    {options.map(([value, label], index) => (
      <div class="choice" key={value}>
        <input
          id={index === 0 ? name : `${name}${index + 1}`}
          type="radio"
          name={name}
          value={value}
          checked={value === chosen}
        />
        <label for={index === 0 ? name : `${name}${index + 1}`}>{label}</label>
      </div>
    ))}
  </fieldset>
);

/** Renders the form that objects to a use. */
export const ObjectionForm = ({ language, csrf, path, draft }: ResponseForm): VNode => {
  const words = textOf(language).portal.authorisations.objection;
  return (
    <form class="apart" method="post" action={`${path}/objections`}>
      <Hidden values={{ csrf }} />
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <Radios
        name="reason"
        legend={words.reason}
        options={Object.entries(words.reasons)}
        chosen={draft.choice}
      />
      <TextArea name="text" label={words.text} hint={words.textHint} value={draft.text} most={1000} />
      <Button kind="secondary">{words.send}</Button>
    </form>
  );
};

const isOpen = ({ state }: ShownObjection): boolean => state === 'opened' || state === 'underReview';

/** Renders the objections of a use, each with how it stands; one that is open can be withdrawn. */
export const Objections = ({
  language,
  csrf,
  path,
  objections,
}: Omit<ResponseForm, 'draft'> & { objections: readonly ShownObjection[] }): VNode | null => {
  const words = textOf(language).portal.authorisations.objection;
  if (objections.length === 0) return null;
  return (
    <section class="apart" aria-labelledby="objections">
      <h2 id="objections">{words.yours}</h2>
      <ul class="items">
        {objections.map((one) => (
          <li key={one.objectionId}>
            <strong>{words.reasons[one.reason]}</strong>
            <span class="state">{words.states[one.state]}</span>
            <span class="hint">{fill(words.opened, { date: momentOf(language, one.openedAt) })}</span>
            <p>{one.text}</p>
            {one.answer !== null && <p>{fill(words.answer, { answer: one.answer })}</p>}
            {isOpen(one) && (
              <form method="post" action={`${path}/objections/${one.objectionId}/withdraw`}>
                <Hidden values={{ csrf }} />
                <Button kind="danger">{words.withdraw}</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Renders the form that rates a use, with the rating given before. */
export const RatingForm = ({
  language,
  csrf,
  path,
  draft,
  stars,
}: ResponseForm & { stars: StarsName | null }): VNode => {
  const words = textOf(language).portal.authorisations.rating;
  return (
    <form class="apart" method="post" action={`${path}/rating`}>
      <Hidden values={{ csrf }} />
      <h2>{words.title}</h2>
      <p>{stars === null ? words.lead : fill(words.yours, { stars: String(stars) })}</p>
      <Radios
        name="stars"
        legend={words.stars}
        options={Object.entries(words.starsOf)}
        chosen={draft.choice}
      />
      <TextArea name="comment" label={words.comment} hint={words.commentHint} value={draft.text} most={500} />
      <Button kind="secondary">{words.send}</Button>
    </form>
  );
};
