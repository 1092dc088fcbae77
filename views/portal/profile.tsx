import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { textOf } from '../text/index.ts';

export interface ProfilePageProps {
  context: PageContext;
  csrf: string;
  /** Masked unless `isWhole`; null of what is not known. */
  name: string | null;
  number: string | null;
  phone: string | null;
  assurance: 1 | 2 | 3 | 4;
  isWhole: boolean;
}

/** Renders what is known of a person, part of it hidden until asked for. */
export const ProfilePage = (props: ProfilePageProps): VNode => {
  const { context, csrf, name, number, phone, assurance, isWhole } = props;
  const { my, portal, phoneChange } = textOf(context.language);
  const words = my.profile;
  const rows = [
    { label: portal.name, value: name ?? portal.notKnown },
    { label: portal.number, value: number ?? portal.notKnown },
    { label: portal.phone, value: phone ?? portal.noPhone },
    { label: portal.level, value: portal.levels[assurance] },
  ];
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p>{isWhole ? words.shown : words.lead}</p>
      <dl>
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{portal.wrong}</p>
      {!isWhole && (
        <form method="post" action="/my/profile">
          <Hidden values={{ csrf }} />
          <Button kind="secondary">{words.show}</Button>
        </form>
      )}
      <ActionLink href="/my/phone" kind="secondary">
        {phoneChange.link}
      </ActionLink>
      <ActionLink href="/my">{portal.backHome}</ActionLink>
    </Layout>
  );
};
