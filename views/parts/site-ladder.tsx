import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

type Words = Text['siteProfiles'];

/** One rung: what it adds to the one below, and where it is seen from the site's own. */
export interface ShownRung {
  profile: keyof Words['names'];
  demands: readonly (keyof Words['demands'])[];
  place: keyof Words['places'];
}

/** Renders the ladder as seen from a site's rung, and how it gets to the next. */
export const SiteLadder = ({
  context,
  ladder,
  reason,
}: {
  context: PageContext;
  ladder: readonly ShownRung[] | null;
  reason: string | null;
}): VNode => {
  const { siteProfiles: words } = textOf(context.language);
  return (
    <section class="apart" aria-labelledby="ladder">
      <h2 id="ladder">{words.title}</h2>
      <p>{ladder === null ? words.none : words.lead}</p>
      {reason !== null && <p>{fill(words.reason, { reason })}</p>}
      {ladder !== null && (
        <ul class="items">
          {ladder.map(({ profile, demands, place }) => (
            <li key={profile}>
              <strong>{words.names[profile]}</strong>
              <span class="state">{words.places[place]}</span>
              {demands.map((demand) => (
                <span key={demand} class="hint">
                  {words.demands[demand]}
                </span>
              ))}
              {place === 'next' && <span>{words.how}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
