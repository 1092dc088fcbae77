import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { momentOf } from './moment.ts';

type Words = Text['onboarding'];

/** What was looked at, how it stands. */
export interface ShownCheck {
  name: keyof Words['checks']['names'];
  verdict: keyof Words['checks']['verdicts'];
}

export interface ShownDay {
  day: string;
  signedIn: number;
  turnedDown: number;
  failed: number;
}

export interface ShownKey {
  keyId: string;
  isUsable: boolean;
  usedAt: Date | null;
}

/** One version; where there is something to do about it, it has an address. */
export interface ShownRelease {
  number: number;
  state: keyof Words['releases']['states'];
  askedAt: Date;
  isCurrent: boolean;
  link: { href: string; label: string } | null;
}

/** Renders the list of checks; each that is not good says what to change. */
export const SiteChecks = ({
  context,
  checks,
  probedAt,
}: {
  context: PageContext;
  checks: readonly ShownCheck[];
  probedAt: Date | null;
}): VNode => {
  const { checks: words } = textOf(context.language).onboarding;
  return (
    <section class="apart" aria-labelledby="checks">
      <h2 id="checks">{words.title}</h2>
      <p>{words.lead}</p>
      {probedAt !== null && (
        <p class="hint">{fill(words.probedAt, { date: momentOf(context.language, probedAt) })}</p>
      )}
      <ul class="items">
        {checks.map(({ name, verdict }) => (
          <li key={name}>
            <strong>{words.names[name]}</strong>
            <span class={verdict === 'bad' ? 'state ended' : 'state'}>{words.verdicts[verdict]}</span>
            {verdict !== 'good' && <span class="hint">{words.advice[name]}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Renders a site's keys and when each was last used. */
export const SiteKeys = ({ context, keys }: { context: PageContext; keys: readonly ShownKey[] }): VNode => {
  const { keys: words } = textOf(context.language).onboarding;
  const useOf = ({ isUsable, usedAt }: ShownKey): string => {
    if (!isUsable) return words.unusable;
    return usedAt === null ? words.unused : fill(words.usedAt, { date: momentOf(context.language, usedAt) });
  };
  return (
    <section class="apart" aria-labelledby="keys">
      <h2 id="keys">{words.title}</h2>
      <p>{keys.length === 0 ? words.none : words.lead}</p>
      {keys.length > 0 && (
        <ul class="items">
          {keys.map((key) => (
            <li key={key.keyId}>
              <span class="code">{key.keyId}</span>
              <span class="hint">{useOf(key)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const rateOf = ({ signedIn, failed }: ShownDay): string =>
  `${Math.round((100 * failed) / Math.max(1, signedIn + failed))}%`;

/** Renders how sign-ins ended, day by day. */
export const SiteDays = ({ context, days }: { context: PageContext; days: readonly ShownDay[] }): VNode => {
  const { days: words } = textOf(context.language).onboarding;
  return (
    <section class="apart" aria-labelledby="days">
      <h2 id="days">{words.title}</h2>
      {days.length === 0 && <p>{words.none}</p>}
      {days.length > 0 && (
        <dl>
          {days.map((one) => (
            <div key={one.day}>
              <dt>{one.day}</dt>
              <dd>
                {fill(words.line, {
                  signedIn: String(one.signedIn),
                  turnedDown: String(one.turnedDown),
                  failed: String(one.failed),
                  rate: rateOf(one),
                })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
};

/** Renders the versions of a site, the newest first. */
export const SiteReleases = ({
  context,
  releases,
}: {
  context: PageContext;
  releases: readonly ShownRelease[];
}): VNode => {
  const { releases: words } = textOf(context.language).onboarding;
  return (
    <section class="apart" aria-labelledby="releases">
      <h2 id="releases">{words.title}</h2>
      {releases.length === 0 && <p>{words.none}</p>}
      {releases.length > 0 && (
        <ul class="items">
          {releases.map(({ number, state, askedAt, isCurrent, link }) => (
            <li key={number}>
              <strong>
                {fill(words.line, { number: String(number), date: momentOf(context.language, askedAt) })}
              </strong>
              <span class={state === 'declined' ? 'state ended' : 'state'}>
                {isCurrent ? words.current : words.states[state]}
              </span>
              {link !== null && (
                <a class="target" href={link.href}>
                  {link.label}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
