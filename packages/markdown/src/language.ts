import { eld } from 'eld/extrasmall'

/** What is looked at: a language shows in a few sentences. */
const LENGTH = 2000

/** The language of a text as a BCP 47 tag (`en`, `ar`), null where none is recognised: a formula, a few words. */
export function detectLanguage(text: string): string | null {
  const found = eld.detect(text.slice(0, LENGTH))
  return found.isReliable() ? found.language : null
}
