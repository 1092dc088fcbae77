import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

/** A photo that waits, as the queue shows it: nothing of the person. */
export interface PhotoRow {
  href: string;
  createdAt: Date;
  profile: keyof Text['console']['photos']['profiles'];
}

export interface PhotoQueuePageProps {
  context: PageContext;
  photos: readonly PhotoRow[];
  nextHref: string | null;
}

/** Renders the photos that wait for review, the longest waiting first. */
export const PhotoQueuePage = ({ context, photos, nextHref }: PhotoQueuePageProps): VNode => {
  const words = textOf(context.language).console.photos;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{photos.length === 0 ? words.none : words.lead}</p>
      {photos.length > 0 && (
        <ul class="items">
          {photos.map(({ href, createdAt, profile }) => (
            <li key={href}>
              <span>{words.profiles[profile]}</span>
              <a class="target" href={href}>
                {fill(words.open, { date: momentOf(context.language, createdAt) })}
              </a>
            </li>
          ))}
        </ul>
      )}
      <WaysOn context={context} nextHref={nextHref} />
    </Layout>
  );
};
