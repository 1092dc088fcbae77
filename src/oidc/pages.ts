import type { KoaContextWithOIDC } from 'oidc-provider';

/** The pages the provider needs drawn; http implements them. */
export interface ProviderPages {
  /** Draws the refusal of a request that cannot be answered at the site. */
  error(
    ctx: KoaContextWithOIDC,
    error: { error: string; description: string | undefined },
    cause: Error,
  ): Promise<void>;
  /** Asks whether to sign out everywhere; posts `xsrf` and `logout` to `action`. */
  signOut(
    ctx: KoaContextWithOIDC,
    form: { action: string; xsrf: string; returnTo: string | null },
  ): Promise<void>;
  /** Says that the person is signed out. */
  signedOut(ctx: KoaContextWithOIDC): Promise<void>;
}
