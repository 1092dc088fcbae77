import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink } from '../parts/button.tsx';
import { momentOf } from '../parts/moment.ts';
import { fill, type Text, textOf } from '../text/index.ts';

/** A passkey as the pages show it. */
export interface ShownPasskey {
  credentialId: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  model: string | null;
}

export interface PasskeysPageProps {
  context: PageContext;
  passkeys: readonly ShownPasskey[];
  /** The page of the net-ID; absent where it is not offered. */
  netIdHref?: string;
}

/** Tells where a passkey is: on several devices, on one and free to be synced, or on one for good. */
const heldBy = ({ deviceType, backedUp }: ShownPasskey): 'synced' | 'syncable' | 'bound' => {
  if (backedUp) return 'synced';
  return deviceType === 'multiDevice' ? 'syncable' : 'bound';
};

const Item = ({
  passkey,
  language,
  words,
}: {
  passkey: ShownPasskey;
  language: PageContext['language'];
  words: Text['portal']['passkeyList'];
}): VNode => {
  const { name, createdAt, lastUsedAt, credentialId, model } = passkey;
  const used =
    lastUsedAt === null ? words.unused : fill(words.used, { date: momentOf(language, lastUsedAt) });
  return (
    <li>
      <strong>{name}</strong>
      {model !== null && model !== name && <span class="hint">{fill(words.model, { model })}</span>}
      <span class="hint">
        {words[heldBy(passkey)]} · {fill(words.added, { date: momentOf(language, createdAt) })} · {used}
      </span>
      <a class="target" href={`/my/passkeys/${encodeURIComponent(credentialId)}`}>
        {fill(words.manage, { name })}
      </a>
    </li>
  );
};

/** Renders the list of passkeys. */
export const PasskeysPage = ({ context, passkeys, netIdHref }: PasskeysPageProps): VNode => {
  const { portal, authenticators, miniProgram, netId } = textOf(context.language);
  const { ways } = authenticators;
  const words = portal.passkeyList;
  return (
    <Layout context={context} title={words.title}>
      <h1>{words.title}</h1>
      {passkeys.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p>{words.lead}</p>
          <ul class="items">
            {passkeys.map((passkey) => (
              <Item key={passkey.credentialId} passkey={passkey} language={context.language} words={words} />
            ))}
          </ul>
        </>
      )}
      <div class="stack">
        <ActionLink href="/my/passkeys/add" kind="secondary">
          {words.add}
        </ActionLink>
        <ActionLink href="/my/passkeys/add?key=usb">{portal.addSecurityKey.title}</ActionLink>
        <ActionLink href="/my/password">{ways.password}</ActionLink>
        <ActionLink href="/my/totp">{ways.totp}</ActionLink>
        <ActionLink href="/my/mini-programs">{miniProgram.list.title}</ActionLink>
        <ActionLink href={netIdHref}>{netId.mine.title}</ActionLink>
        <ActionLink href="/my">{portal.backHome}</ActionLink>
      </div>
    </Layout>
  );
};
