/**
 * `email` as it is stored: trimmed, lower-cased, its domain by IDNA as servers of mail and names know it
 * (`münchen.de` is `xn--mnchen-3ya.de`). What is no address stays one that `isEmailAddress` refuses.
 */
export function normalizeEmail(email: string): string {
  const [local, ...rest] = email.trim().toLowerCase().split('@')
  return [local, ...rest.map(toAsciiDomain)].join('@')
}

/** A dot-atom, `@` and a domain of two labels or more, of at most 64 and 255 octets (RFC 5321, 4.1.2 and 4.5.3.1). */
export function isEmailAddress(email: string): boolean {
  const [local = '', domain = '', ...rest] = email.split('@')
  return rest.length === 0 && local.length <= 64 && dotAtom.test(local) && hostName.test(domain)
}

const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

// Labels of 1 to 63, the last of them not a number.
const hostName =
  /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/

// The one implementation of IDNA (UTS 46) that browsers and Node share is that of `URL`.
function toAsciiDomain(domain: string) {
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uFF0E\uFF61-]+$/u.test(domain)) return domain
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain
}
