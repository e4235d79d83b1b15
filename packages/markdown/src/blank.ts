import { hasVisibleText } from '@galley/contract/text'

/** Whether a reader sees nothing of this HTML of ours: neither text nor a picture. */
export function isBlank(html: string): boolean {
  return !html.includes('<img ') && !hasVisibleText(withoutTags(html))
}

/** By hand, since a pattern for tags is quadratic in tags that do not end. */
function withoutTags(html: string): string {
  let text = ''
  let at = 0
  for (;;) {
    const start = html.indexOf('<', at)
    if (start === -1) return text + html.slice(at)
    text += html.slice(at, start)
    at = endOfTag(html, start)
  }
}

/** As rehype-stringify writes them: values in double quotes, `<` escaped everywhere else. */
function endOfTag(html: string, start: number): number {
  let inValue = false
  for (let at = start; at < html.length; at += 1) {
    const character = html[at]
    if (character === '"') inValue = !inValue
    else if (character === '>' && !inValue) return at + 1
  }
  return html.length
}
