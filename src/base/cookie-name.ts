/**
 * Names a cookie of an instance. Over https it holds for the host alone (`__Host-`). Over http, which
 * is development, a browser would send it to every port of the host, so the port is in the name: instances on one
 * machine stay out of each other's way.
 */
export function cookieNameOf(issuer: string, name: string): string {
  const { protocol, port } = new URL(issuer);
  return protocol === 'https:' ? `__Host-${name}` : `${name}_${port || '80'}`;
}
