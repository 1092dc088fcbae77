import type { VNode } from 'preact';
import { Layout, type PageContext, siteNameOf } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

type Level = 1 | 2 | 3 | 4;

/** How it goes on: to be known better, to sign in a surer way or by hardware, or not at all in this region. */
export type LevelWay = 'raise' | 'stronger' | 'hardware' | 'none';

export interface LevelPageProps {
  context: PageContext;
  /** Takes `csrf` and `decision`: again, stronger or accept. */
  action: string;
  csrf: string;
  abortAction: string;
  asked: Level;
  /** The site asks who the person is, and nobody knows yet. */
  needsPerson: boolean;
  /** What is known of the person, and what this sign-in proves of it. */
  known: Level;
  reached: Level;
  way: LevelWay;
  /** Has what the way asks to sign in by: a passkey, or one that cannot be copied. */
  hasPasskey: boolean;
  mayGoOn: boolean;
  /** Where the level is raised. */
  raiseHref: string;
  /** The person said it is done, and it is not. */
  notYet: boolean;
}

const Ways = ({ props }: { props: LevelPageProps }): VNode => {
  const { context, way, hasPasskey, raiseHref } = props;
  const words = textOf(context.language).registration.step;
  if (way === 'none') return <p>{fill(words.noHardware, { helpLine: context.helpLine })}</p>;
  if (way === 'raise')
    return (
      <div class="stack">
        <ActionLink href={raiseHref} kind="secondary">
          {words.raise}
        </ActionLink>
        <p class="hint">{words.raiseHint}</p>
        <Button name="decision" value="again">
          {words.goOn}
        </Button>
      </div>
    );
  const isHardware = way === 'hardware';
  return (
    <div class="stack">
      <p>{isHardware ? words.hardwareHint : words.strongerHint}</p>
      {!hasPasskey && <p>{isHardware ? words.noKey : words.noPasskey}</p>}
      {!hasPasskey && (
        <ActionLink href={`/my/passkeys/add${isHardware ? '?key=usb' : ''}`} kind="secondary">
          {isHardware ? words.addKey : words.passkeys}
        </ActionLink>
      )}
      <Button name="decision" value="stronger">
        {words.stronger}
      </Button>
    </div>
  );
};

/** Renders the step of a sign-in that is not sure enough for the site: what is asked, what there is, the ways on. */
export const LevelPage = (props: LevelPageProps): VNode => {
  const { context, action, csrf, abortAction, asked, needsPerson, known, reached, mayGoOn, notYet } = props;
  const { registration, portal } = textOf(context.language);
  const words = registration.step;
  const site = siteNameOf(context);
  return (
    <Layout context={context} title={words.title} wrong={notYet} siteAbove>
      {notYet && (
        <Notice kind="error">
          <p>{words.notYet}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">
        {needsPerson ? fill(words.person, { site }) : fill(words.asks, { site, level: portal.levels[asked] })}
      </p>
      <ul>
        <li>{fill(words.has, { level: portal.levels[known] })}</li>
        <li>{fill(words.reached, { level: portal.levels[reached] })}</li>
      </ul>
      <form method="post" action={action}>
        <Hidden values={{ csrf }} />
        <Ways props={props} />
        {mayGoOn && (
          <div class="others">
            <p class="hint">{fill(words.lowerHint, { site })}</p>
            <Button kind="quiet" name="decision" value="accept">
              {words.lower}
            </Button>
          </div>
        )}
      </form>
      <AbortForm context={context} action={abortAction} csrf={csrf} />
    </Layout>
  );
};
