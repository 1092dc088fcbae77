import type { ComponentChildren, VNode } from 'preact';
import { safeHref } from './href.ts';

export interface ButtonProps {
  children: ComponentChildren;
  /** `primary` for the one thing to do, `secondary` for the rest, `quiet` to look like a link, `danger` for an end. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  id?: string;
  name?: string;
  value?: string;
  /** Where this button sends the form, when not where the others do. */
  action?: string;
}

/** Renders a submit button. */
export const Button = ({ children, kind = 'primary', id, name, value, action }: ButtonProps): VNode => (
  <button type="submit" class={`button ${kind}`} id={id} name={name} value={value} formAction={action}>
    {children}
  </button>
);

/** Renders a link with a large target, or nothing when its address may not be followed. */
export const ActionLink = ({
  href,
  kind = 'quiet',
  children,
}: {
  href: string | undefined;
  kind?: 'primary' | 'secondary' | 'quiet';
  children: ComponentChildren;
}): VNode | null => {
  const address = safeHref(href);
  return address === undefined ? null : (
    <a class={`button ${kind}`} href={address}>
      {children}
    </a>
  );
};

/** Renders the hidden fields of a form. */
export const Hidden = ({ values }: { values: Record<string, string> }): VNode => (
  <>
    {Object.entries(values).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
  </>
);
