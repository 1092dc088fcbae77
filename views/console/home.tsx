import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { roleNames } from './words.ts';

/** A part of the console, by the name its words go by. */
export type SectionName = keyof Text['console']['sections'];

/** An emergency suspension of an agreement that a second officer has to confirm. */
export interface ShownAlarm {
  href: string;
  /** The other side. */
  name: string;
  confirmBy: Date;
  isOverdue: boolean;
}

export interface ConsoleHomePageProps {
  context: PageContext;
  csrf: string;
  name: string | null;
  roles: readonly string[];
  region: string;
  /** What waits; null for what is not this officer's. */
  waiting: {
    proposals: number;
    photos: { count: number; more: boolean } | null;
    alarms: readonly ShownAlarm[];
  };
  sections: readonly { name: SectionName; href: string }[];
}

const Alarms = ({
  context,
  alarms,
}: {
  context: PageContext;
  alarms: readonly ShownAlarm[];
}): VNode | null => {
  const words = textOf(context.language).recognition.one;
  return alarms.length === 0 ? null : (
    <Notice kind="error">
      <ul class="plain">
        {alarms.map(({ href, name, confirmBy, isOverdue }) => (
          <li key={href}>
            <a class="target" href={href}>
              {fill(isOverdue ? words.alarmOverdue : words.alarm, {
                name,
                date: momentOf(context.language, confirmBy),
              })}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
};

const Tasks = ({
  waiting: { proposals, photos },
  words,
}: {
  waiting: ConsoleHomePageProps['waiting'];
  words: Text['console']['tasks'];
}): VNode => {
  const photoWords = photos?.more ? words.photosMany : words.photos;
  return (
    <section aria-labelledby="tasks">
      <h2 id="tasks">{words.title}</h2>
      {proposals === 0 && !photos?.count && <p>{words.none}</p>}
      <ul class="plain">
        {proposals > 0 && (
          <li>
            <a class="target" href="/console/proposals">
              {fill(words.proposals, { count: String(proposals) })}
            </a>
          </li>
        )}
        {photos !== null && photos.count > 0 && (
          <li>
            <a class="target" href="/console/photos">
              {fill(photoWords, { count: String(photos.count) })}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
};

/** Renders the first page of an officer: who they are here, what waits for them, where they may go. */
export const ConsoleHomePage = (props: ConsoleHomePageProps): VNode => {
  const { context, csrf, name, roles, region, waiting, sections } = props;
  const text = textOf(context.language);
  const words = text.console;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">
        {fill(words.you, { name: name ?? words.noName, roles: roleNames(text, roles), region })}
      </p>
      <Alarms context={context} alarms={waiting.alarms} />
      <Tasks waiting={waiting} words={words.tasks} />
      <nav aria-label={words.title}>
        <ul class="ways">
          {sections.map((section) => (
            <li key={section.name}>
              <a class="way" href={section.href}>
                <strong>{words.sections[section.name].title}</strong>
                <span class="hint">{words.sections[section.name].hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="post" action="/console/sign-out">
        <Hidden values={{ csrf }} />
        <Button kind="secondary">{words.signOut}</Button>
      </form>
    </Layout>
  );
};
