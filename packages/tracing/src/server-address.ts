/** Where a client connects to, in OpenTelemetry's words. */
export type ServerAddress = { 'server.address': string; 'server.port'?: number }

/** Of a URL; of a socket, whose name is all there is, its path. */
export function serverAddressOf(url: string, defaultPort: number): ServerAddress {
  const { hostname, port, pathname } = new URL(url)
  if (hostname === '') return { 'server.address': pathname }
  return {
    'server.address': hostname.replaceAll(/[[\]]/g, ''),
    'server.port': Number(port || defaultPort),
  }
}
