import { hasVisibleText } from '@galley/contract/text'

/** Whether a reader sees nothing of this HTML of ours: neither text nor a picture. */
export function isBlank(html: string): boolean {
  return !html.includes('<img ') && !hasVisibleText(html.replaceAll(tag, ''))
}

/** As rehype-stringify writes them: values in double quotes, `<` escaped everywhere else. */
const tag = /<(?:"[^"]*"|[^">])*>/g
