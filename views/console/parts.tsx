import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { textOf } from '../text/index.ts';

/** Renders a field of several lines, with what was typed so far. */
export const Remark = (props: {
  name: string;
  label: string;
  hint: string;
  value: string;
  /** 500 characters when left out. */
  longest?: number;
}): VNode => (
  <div class="field">
    <label for={props.name}>{props.label}</label>
    <p class="hint" id={`${props.name}-hint`}>
      {props.hint}
    </p>
    <textarea
      id={props.name}
      name={props.name}
      rows={3}
      maxLength={props.longest ?? 500}
      aria-describedby={`${props.name}-hint`}
      value={props.value}
    />
  </div>
);

/** Renders one line of what is known. */
export const Fact = ({ name, value, code }: { name: string; value: string; code?: boolean }): VNode => (
  <div>
    <dt>{name}</dt>
    <dd class={code ? 'code' : undefined}>{value}</dd>
  </div>
);

/** Renders the ways on from a page of the console: the next page when there is one, and back. */
export const WaysOn = ({
  context,
  nextHref = null,
  back,
}: {
  context: PageContext;
  nextHref?: string | null;
  /** Where back is; the first page of the console when left out. */
  back?: { href: string; label: string };
}): VNode => {
  const words = textOf(context.language).console;
  return (
    <div class="stack">
      {nextHref !== null && (
        <ActionLink href={nextHref} kind="secondary">
          {words.more}
        </ActionLink>
      )}
      <ActionLink href={back?.href ?? '/console'}>{back?.label ?? words.home}</ActionLink>
    </div>
  );
};
