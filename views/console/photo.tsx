import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';
import type { PhotoRow } from './photos.tsx';

type Words = Text['console']['photos'];

export interface PhotoPageProps extends Omit<PhotoRow, 'href'> {
  context: PageContext;
  /** The address of the page; it takes `csrf`, `decision` and `reason`. */
  path: string;
  csrf: string;
  pictureHref: string;
  verdicts: readonly { check: keyof Words['checks']; verdict: keyof Words['verdicts'] }[];
  error?: string;
}

const Refusal = ({ path, csrf, words }: { path: string; csrf: string; words: Words }): VNode => (
  <form class="apart" method="post" action={path}>
    <Hidden values={{ csrf }} />
    <h2>{words.refuseTitle}</h2>
    <fieldset>
      <legend>{words.reason}</legend>
      {Object.entries(words.reasons).map(([value, label]) => (
        <label class="choice" key={value}>
          <input type="radio" name="reason" value={value} />
          {label}
        </label>
      ))}
    </fieldset>
    <Button kind="danger" name="decision" value="refuse">
      {words.refuse}
    </Button>
  </form>
);

/** Renders one photo for review: the watermarked picture, what was checked, and the two ways to decide. */
export const PhotoPage = (props: PhotoPageProps): VNode => {
  const { context, path, csrf, pictureHref, createdAt, profile, verdicts, error } = props;
  const words = textOf(context.language).console.photos;
  return (
    <Layout context={context} title={words.oneTitle} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.oneTitle}</h1>
      <img class="photo" src={pictureHref} alt={words.alt} width={239} height={294} />
      <p class="hint">
        {words.profiles[profile]} · {fill(words.sent, { date: momentOf(context.language, createdAt) })}
      </p>
      <h2>{words.checksTitle}</h2>
      <dl>
        {verdicts.map(({ check, verdict }) => (
          <div key={check}>
            <dt>{words.checks[check]}</dt>
            <dd>{words.verdicts[verdict]}</dd>
          </div>
        ))}
      </dl>
      <form method="post" action={path}>
        <Hidden values={{ csrf }} />
        <Button name="decision" value="accept">
          {words.accept}
        </Button>
      </form>
      <Refusal path={path} csrf={csrf} words={words} />
      <WaysOn context={context} back={{ href: '/console/photos', label: words.back }} />
    </Layout>
  );
};
