import type { KoaContextWithOIDC } from 'oidc-provider';

/** A page at `/device`: its forms post `xsrf` and `user_code` there, and then `confirm` or `abort`. */
export type DevicePage =
  | {
      kind: 'enter';
      xsrf: string;
      /** What was typed, to be corrected. */
      code: string;
      /** `unknown`: no such code that still waits; `over`: the form or the sign-in under way is too old. */
      fault: 'unknown' | 'over' | 'limit' | null;
      waitSeconds?: number;
    }
  | { kind: 'confirm'; xsrf: string; code: string; clientId: string }
  | { kind: 'done'; clientId: string }
  | { kind: 'refused' };

/** The pages the provider needs drawn; http implements them. */
export interface ProviderPages {
  /** Draws the refusal of a request that cannot be answered at the site. */
  error(
    ctx: KoaContextWithOIDC,
    error: { error: string; description: string | undefined; traceCode: string },
    cause: Error,
  ): Promise<void>;
  /** Asks whether to sign out everywhere; posts `xsrf` and `logout` to `action`. */
  signOut(
    ctx: KoaContextWithOIDC,
    form: { action: string; xsrf: string; returnTo: string | null },
  ): Promise<void>;
  /** Draws a step of a sign-in at a kiosk, in the person's own browser. */
  device(ctx: KoaContextWithOIDC, page: DevicePage): Promise<void>;
  /** Says that the person is signed out. */
  signedOut(ctx: KoaContextWithOIDC): Promise<void>;
}
