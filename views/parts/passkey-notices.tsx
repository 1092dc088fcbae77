import type { VNode } from 'preact';
import { Notice } from './notice.tsx';

/** Renders what a page with a passkey says when the browser runs no scripts, and, once its script shows it, when it failed. */
export const PasskeyNotices = ({
  noScript,
  title,
  failed,
}: {
  noScript: string;
  title: string;
  failed: string;
}): VNode => (
  <>
    <noscript>
      <Notice>
        <p>{noScript}</p>
      </Notice>
    </noscript>
    <Notice kind="error" id="passkey-failed" title={title} hidden>
      <p>{failed}</p>
    </Notice>
  </>
);
