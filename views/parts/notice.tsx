import type { ComponentChildren, VNode } from 'preact';

export interface NoticeProps {
  children: ComponentChildren;
  title?: string;
  kind?: 'plain' | 'error';
  id?: string;
  /** Prepared but not shown; passkey.js shows it when it comes true. */
  hidden?: boolean;
}

/** Renders a set-off message; an error is announced when it appears and takes the focus when the page opens. */
export const Notice = ({ children, title, kind = 'plain', id, hidden }: NoticeProps): VNode => (
  <div
    class={`notice ${kind}`}
    id={id}
    hidden={hidden}
    {...(kind === 'error' ? { role: 'alert', tabIndex: -1, 'data-focus': !hidden || undefined } : {})}
  >
    {title && <h2>{title}</h2>}
    {children}
  </div>
);

/** Renders the help line, as a link to call when it is a number. */
export const HelpLine = ({ number }: { number: string }): VNode =>
  /^\+?[\d -]{3,20}$/.test(number) ? (
    <a class="target" href={`tel:${number.replace(/[ -]/g, '')}`}>
      {number}
    </a>
  ) : (
    <span>{number}</span>
  );
