import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { languageMark } from '../parts/name.ts';
import { fill, type Text, textOf } from '../text/index.ts';
import { CertificateUses, type ShownUse } from './certificate-uses.tsx';

export interface ConsentItem {
  id: string;
  label: string;
  /** What the site uses it for, in plain words. */
  detail: string;
  /** What would be given, masked. */
  value?: string;
}

export interface ConsentPageProps {
  context: PageContext;
  /** Takes `csrf` and `decision`: agree, refuse or switch. */
  action: string;
  csrf: string;
  items: ConsentItem[];
  /** Certificates the site asks for too, or is to read by law. */
  uses?: readonly ShownUse[];
  purpose?: string;
  siteDepartment?: string;
  maskedName: string;
  /** Whom the person acts for; null: for themselves. */
  actingFor?: string | null;
}

const Item = ({ item, text }: { item: ConsentItem; text: Text }): VNode => (
  <li>
    <strong>{item.label}</strong>
    {item.value && (
      <span class="value">
        <span class="unseen">{text.consent.value}</span>
        {item.value}
      </span>
    )}
    <span class="hint">{item.detail}</span>
  </li>
);

const Terms = ({
  text,
  language,
  terms,
}: {
  text: Text;
  language: PageContext['language'];
  terms: { purpose?: string; siteDepartment?: string };
}): VNode | null => {
  const rows = [
    [text.consent.department, terms.siteDepartment],
    [text.consent.purpose, terms.purpose],
  ].filter((row): row is [string, string] => Boolean(row[1]));
  return rows.length === 0 ? null : (
    <dl>
      {rows.map(([term, words]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd lang={languageMark(language, words)}>{words}</dd>
        </div>
      ))}
    </dl>
  );
};

const Items = ({ items, text }: { items: ConsentItem[]; text: Text }): VNode | null =>
  items.length === 0 ? null : (
    <>
      <h2 id="items">{text.consent.items}</h2>
      <ul class="items" aria-labelledby="items">
        {items.map((item) => (
          <Item key={item.id} item={item} text={text} />
        ))}
      </ul>
    </>
  );

/** Renders what a site would be given and why; to refuse stands as large as to agree. */
export const ConsentPage = (props: ConsentPageProps): VNode => {
  const { context, action, csrf, items, uses = [], maskedName, actingFor = null } = props;
  const text = textOf(context.language);
  const words = text.consent;
  const title = fill(words.title, { site: siteNameOf(context) });
  return (
    <Layout context={context} title={title} siteAbove>
      <h1>{title}</h1>
      {actingFor !== null && (
        <p class="lead" lang={languageMark(context.language, actingFor)}>
          {fill(text.mandates.consentFor, { name: actingFor })}
        </p>
      )}
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Terms text={text} language={context.language} terms={props} />
        <Items items={items} text={text} />
        <CertificateUses context={context} uses={uses} />
        <p class="hint">{words.ending}</p>
        <div class="pair">
          <Button name="decision" value="agree">
            {words.agree}
          </Button>
          <Button name="decision" value="refuse">
            {words.refuse}
          </Button>
        </div>
        <div class="others">
          <p>{fill(words.you, { name: maskedName })}</p>
          <Button kind="quiet" name="decision" value="switch">
            {words.switch}
          </Button>
        </div>
      </form>
    </Layout>
  );
};
