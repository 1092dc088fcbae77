import type { VNode } from 'preact';

/** A way on: where it leads, what it is called and what is there. */
export interface Way {
  href: string;
  label: string;
  hint: string;
}

/** Renders the ways on from a page, each a target as wide as the page. */
export const Ways = ({ label, ways }: { label: string; ways: readonly Way[] }): VNode => (
  <nav aria-label={label}>
    <ul class="ways">
      {ways.map((way) => (
        <li key={way.href}>
          <a class="way" href={way.href}>
            <strong>{way.label}</strong>
            <span class="hint">{way.hint}</span>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
