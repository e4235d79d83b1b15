/** What may stand right before or behind a mention: no letter of a script that parts its words, and no part of an address. */
const joined = /[\p{L}\p{M}\p{N}_@]/u
const unparted =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const isJoined = (char: string) => joined.test(char) && !unparted.test(char)

const name = /^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/

/** `@name` in a text: what is named, in lower case, and where, as JavaScript counts characters. */
export type Mention = { username: string; start: number; end: number }

/**
 * Every `@username` of a plain text, whether there is such a person or not. The letters are those of usernames alone: one of
 * another script that looks the same makes it no mention.
 */
export function mentionsIn(text: string): Mention[] {
  const found: Mention[] = []
  for (const match of text.matchAll(/@([A-Za-z0-9-]+)/g)) {
    const typed = withoutHyphensAtEnd(match[1] ?? '')
    const start = match.index
    const end = start + 1 + typed.length
    const before = lastOf(text.slice(Math.max(0, start - 2), start))
    const [after = '', beyond = ''] = Array.from(text.slice(end, end + 3))
    const isPath = before === '/' || (after === '/' && /[A-Za-z0-9]/.test(beyond))
    const username = typed.toLowerCase()
    if (isPath || isJoined(before) || isJoined(after) || !name.test(username)) continue
    found.push({ username, start, end })
  }
  return found
}

const lastOf = (text: string) => Array.from(text).at(-1) ?? ''

function withoutHyphensAtEnd(text: string): string {
  let end = text.length
  while (text[end - 1] === '-') end -= 1
  return text.slice(0, end)
}
