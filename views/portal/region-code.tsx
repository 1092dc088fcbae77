import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { fill, textOf } from '../text/index.ts';

export interface RegionCodePageProps {
  context: PageContext;
  /** The QR code as an image of its own (data: URL), and the text in it. */
  qrImage: string;
  code: string;
  backHref: string;
}

/** Renders the code that names this region to the sign-in page of another, and says that it names nobody. */
export const RegionCodePage = ({ context, qrImage, code, backHref }: RegionCodePageProps): VNode => {
  const words = textOf(context.language).regionLinks.code;
  const region = context.regionName;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      <p class="lead">{fill(words.lead, { region })}</p>
      <p class="qr">
        <img src={qrImage} alt={fill(words.alt, { region })} width={264} height={264} />
      </p>
      <p>{words.safe}</p>
      <h2>{words.text}</h2>
      <p class="code">{code}</p>
      <ActionLink href={backHref}>{words.back}</ActionLink>
    </Layout>
  );
};
