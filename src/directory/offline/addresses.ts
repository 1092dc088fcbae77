/** Where a region publishes its keys: every instance of this system does so at the same place. */
export const keysUrlOf = (issuer: string): string => `${issuer}/jwks`;

/** Where a region lists the addresses of its lists of statuses. */
export const listsUrlOf = (issuer: string): string => `${issuer}/status-lists`;
