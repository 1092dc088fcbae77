import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, type Text, textOf } from '../text/index.ts';

export interface MyHomePageProps {
  context: PageContext;
  /** What the person is greeted by. */
  called: string;
  /** Null, like the number, of a person who is not known yet. */
  maskedName: string | null;
  maskedNumber: string | null;
  maskedPhone: string | null;
  assurance: 1 | 2 | 3 | 4;
  /** How many use authorisations wait for an answer. */
  pendingAuthorisations: number;
}

const Profile = ({ props, words }: { props: MyHomePageProps; words: Text['portal'] }): VNode => (
  <section aria-labelledby="profile">
    <h2 id="profile">{words.profile}</h2>
    <dl>
      <div>
        <dt>{words.name}</dt>
        <dd>{props.maskedName ?? words.notKnown}</dd>
      </div>
      <div>
        <dt>{words.number}</dt>
        <dd class="code">{props.maskedNumber ?? words.notKnown}</dd>
      </div>
      <div>
        <dt>{words.phone}</dt>
        <dd class="code">{props.maskedPhone ?? words.noPhone}</dd>
      </div>
      <div>
        <dt>{words.level}</dt>
        <dd>{words.levels[props.assurance]}</dd>
      </div>
    </dl>
    <p class="hint">{words.wrong}</p>
  </section>
);

/** Renders the first of the citizen's own pages. */
export const MyHomePage = (props: MyHomePageProps): VNode => {
  const { context, called, pendingAuthorisations: pending } = props;
  const words = textOf(context.language).portal;
  const { title, titleCount, hint } = words.authorisations;
  const asked = pending === 0 ? title : fill(titleCount, { count: String(pending) });
  const ways = [
    { href: '/my/certificates', label: words.certificates.title, hint: words.certificates.hint },
    { href: '/my/authorisations', label: asked, hint },
    { href: '/my/uses', label: words.uses.title, hint: words.uses.hint },
    { href: '/my/level', label: words.level, hint: words.levelHint },
    { href: '/my/passkeys', label: words.passkeys, hint: words.passkeysHint },
  ];
  return (
    <Layout context={context} title={words.title}>
      <h1>{fill(words.hello, { name: called })}</h1>
      <p class="lead">{words.lead}</p>
      <nav aria-label={words.title}>
        <ul class="ways">
          {ways.map(({ href, label, hint }) => (
            <li key={href}>
              <a class="way" href={href}>
                <strong>{label}</strong>
                <span class="hint">{hint}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Profile props={props} words={words} />
      <ActionLink href="/my/sign-out" kind="secondary">
        {words.signOut}
      </ActionLink>
    </Layout>
  );
};
