/** What kind of browser it is, as coarsely as a person says it. */
export interface BrowserKind {
  family: BrowserFamily;
  system: BrowserSystem;
}

const families = {
  wechat: /MicroMessenger\//,
  alipay: /AlipayClient\//,
  edge: /\bEdg(?:e|A|iOS)?\//,
  huawei: /HuaweiBrowser\//,
  firefox: /\b(?:Firefox|FxiOS)\//,
  chrome: /Chrome\/|\bCriOS\//,
  safari: /\bSafari\//,
} as const;

const systems = {
  harmony: /HarmonyOS|OpenHarmony/,
  android: /Android/,
  ios: /iPhone|iPad|iPod/,
  windows: /Windows/,
  mac: /Macintosh/,
  linux: /Linux|X11/,
} as const;

export type BrowserFamily = keyof typeof families | 'other';
export type BrowserSystem = keyof typeof systems | 'other';

const firstOf = <K extends string>(patterns: Record<K, RegExp>, text: string): K | 'other' =>
  (Object.keys(patterns) as K[]).find((name) => patterns[name].test(text)) ?? 'other';

/**
 * Tells the kind of browser from what it says of itself (User-Agent), the more particular first, since most say they are
 * Safari too. Versions and models are not kept: they would tell one person's browser from another's.
 */
export const browserKindOf = (userAgent: string): BrowserKind => ({
  family: firstOf(families, userAgent),
  system: firstOf(systems, userAgent),
});

const names: Record<BrowserFamily | BrowserSystem, string> = {
  wechat: '微信 WeChat',
  alipay: '支付宝 Alipay',
  edge: 'Edge',
  huawei: '华为 Huawei',
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
  harmony: 'HarmonyOS',
  android: 'Android',
  ios: 'iOS',
  windows: 'Windows',
  mac: 'macOS',
  linux: 'Linux',
  other: '',
};

/** Names a kind of browser; the names are the makers' own, the same in every language. What is not known is a dash. */
export const nameOfKind = ({ family, system }: BrowserKind): string =>
  [names[family], names[system]].filter((name) => name !== '').join(' · ') || '—';

/** What a person holds in their hand at a sign-in, as coarsely as it is counted. */
export type Channel = 'wechat' | 'alipay' | 'phone' | 'computer' | 'other';

const phones: readonly BrowserKind['system'][] = ['harmony', 'android', 'ios'];

/** Tells the channel of a kind of browser: an app that holds it, else whether it is on a phone or a computer. */
export const channelOfKind = ({ family, system }: BrowserKind): Channel => {
  if (family === 'wechat' || family === 'alipay') return family;
  if (system === 'other') return 'other';
  return phones.includes(system) ? 'phone' : 'computer';
};
