import { isIP } from 'node:net'

/** Whether what is sent to this address stays on this machine. */
function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, '')
  return (
    host === '' ||
    host === 'localhost' ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  )
}

/**
 * The address of a PostgreSQL as both drivers understand it: with TLS (`sslmode=require`) unless it is on this machine or says
 * otherwise itself. `sslmode=disable` is left out, since one driver takes any word for a wish for TLS.
 */
export function withTls(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const mode = url.searchParams.get('sslmode')
  if (mode === null && isLoopback(databaseUrl)) return databaseUrl
  if (mode === 'disable') url.searchParams.delete('sslmode')
  else if (mode === null) url.searchParams.set('sslmode', 'require')
  return url.href
}

/** Without TLS only where the address says `?tls=off`, or leads to this machine. */
export function needsTls(url: string): boolean {
  return !isLoopback(url) && new URL(url).searchParams.get('tls') !== 'off'
}

/** What the address says to us alone, taken out. */
export function withoutTlsWord(url: string): string {
  return url.replace(/\?tls=off$/, '')
}
