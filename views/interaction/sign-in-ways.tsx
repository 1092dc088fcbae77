import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { type Way, Ways } from '../parts/ways.tsx';
import { fill, textOf } from '../text/index.ts';
import { AbortForm } from './abort-form.tsx';

export interface SignInWaysPageProps {
  context: PageContext;
  passkeyHref: string;
  passwordHref: string;
  /** The page for a code by telephone; absent where that is not offered. */
  phoneHref?: string;
  qrHref: string;
  /** The choice of another region; absent where no agreement covers the site. */
  otherRegionHref?: string;
  /** The way to the net-ID service; absent where it is not offered. */
  netIdHref?: string;
  csrf: string;
  abortAction: string;
}

/** Renders a sign-in's first page in large type: the ways alone, each of which has its page. */
export const SignInWaysPage = (props: SignInWaysPageProps): VNode => {
  const { context, passkeyHref, passwordHref, phoneHref, qrHref, csrf, abortAction } = props;
  const text = textOf(context.language);
  const words = text.largeType.signIn;
  const offered = [
    { href: passkeyHref, label: words.passkey, hint: words.passkeyHint },
    { href: passwordHref, label: words.password, hint: words.passwordHint },
    { href: phoneHref, label: words.phone, hint: words.phoneHint },
    { href: qrHref, label: words.qr, hint: words.qrHint },
    { href: props.otherRegionHref, label: text.otherRegion.link, hint: words.otherRegionHint },
    { href: props.netIdHref, label: text.netId.link, hint: text.netId.linkHint },
    { href: '/recover', label: text.recovery.link, hint: words.recoveryHint },
  ];
  const ways = offered.filter((way): way is Way => way.href !== undefined);
  return (
    <Layout context={context} title={words.title} siteAbove>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Ways label={words.title} ways={ways} />
      <p>{fill(words.help, { helpLine: context.helpLine })}</p>
      <AbortForm context={context} action={abortAction} csrf={csrf} />
    </Layout>
  );
};
