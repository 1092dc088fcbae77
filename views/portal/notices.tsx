import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { ListEnd } from './list-end.tsx';

/** A notice as the page shows it. */
export interface ShownNotice {
  noticeId: string;
  kind: keyof Text['my']['notices']['kinds'];
  values: Record<string, string>;
  at: Date;
  isRead: boolean;
}

export interface NoticesPageProps {
  context: PageContext;
  notices: readonly ShownNotice[];
  nextHref: string | null;
}

/** Tells whether a notice asks if a sign-in was the person's own: then the ways to end it stand below. */
const isAboutSignIn = (kind: ShownNotice['kind']): boolean =>
  kind === 'new-device' || kind === 'new-device-at' || kind === 'impossible-travel';

/** Renders what a person was told. */
export const NoticesPage = ({ context, notices, nextHref }: NoticesPageProps): VNode => {
  const { my, portal } = textOf(context.language);
  const words = my.notices;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {notices.length === 0 && <p>{words.none}</p>}
      <ul class="items">
        {notices.map(({ noticeId, kind, values, at, isRead }) => (
          <li key={noticeId}>
            {!isRead && <span class="state">{words.fresh}</span>}
            <span>{fill(words.kinds[kind], values)}</span>
            <span class="hint">{momentOf(context.language, at)}</span>
            {isAboutSignIn(kind) && (
              <>
                <ActionLink href="/my/sessions">{my.sessions.title}</ActionLink>
                <ActionLink href="/my/passkeys">{portal.passkeys}</ActionLink>
              </>
            )}
          </li>
        ))}
      </ul>
      <ListEnd context={context} nextHref={nextHref} />
    </Layout>
  );
};
