import type { Breaches } from './breaches.ts'

export type PasswordRules = {
  /**
   * What speaks against a password beside its length: it is among those that are tried first, made of words that
   * anybody can guess here (`words`: the site, the person), or known from a breach (ASVS 5.0 V6.2.4, V6.2.11, V6.2.12).
   */
  check(password: string, words: string[]): Promise<'ok' | 'too-common' | 'breached'>
}

/** `breaches` is left out where no service is configured: the list of common passwords needs none. */
export function createPasswordRules({ breaches }: { breaches?: Breaches } = {}): PasswordRules {
  // 49,000 passwords: loaded when the first one is checked.
  let common: Promise<Set<string>> | undefined

  return {
    async check(password, words) {
      const plain = password.toLowerCase()
      common ??= loadCommon()
      if ((await common).has(plain) || isMadeOf(plain, words)) return 'too-common'
      return breaches && (await breaches.count(password)) > 0 ? 'breached' : 'ok'
    },
  }
}

async function loadCommon(): Promise<Set<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map(String))
}

/** Whether fewer than four characters are left besides guessable words, digits and signs. */
function isMadeOf(password: string, words: string[]): boolean {
  const parts = words
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 4)
    .toSorted((a, b) => b.length - a.length)
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), password)
  if (rest === password) return false
  return rest.replaceAll(/[\d\p{P}\p{S}\s]/gu, '').length < 4
}
