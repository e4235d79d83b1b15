/** Long, and of capitals, small letters and digits: no address of ours has such a part, and all our tokens are one. */
const LENGTH = 20

/** A path without what could be a token that somebody put into it by mistake. */
export const hideTokens = (path: string): string =>
  path.startsWith('/assets/') ? path : path.replaceAll(/[\w-]+/g, hide)

function hide(part: string) {
  if (part.length < LENGTH) return part
  return /[A-Z]/.test(part) && /[a-z]/.test(part) && /\d/.test(part) ? '[token]' : part
}
