/** No secret that Galley makes is shorter. */
const RUN = /[\w-]{16,}/g

/** Remembers secrets, and says of a text which kinds it holds: in one pass over it, however many secrets there are. */
export function createFinder() {
  const made = new Map<string, string>()
  const lengths = new Set<number>()
  const typed = new Map<string, string>()

  function kindOf(run: string): string | undefined {
    for (const length of lengths) {
      if (length > run.length) continue
      // Next to a letter that belongs to something else, as the 3D of an encoded equals sign.
      const kind = made.get(run.slice(-length)) ?? made.get(run.slice(0, length))
      if (kind !== undefined) return kind
    }
    return undefined
  }

  return {
    /** A random one, of letters, digits, `-` and `_`. */
    mark(kind: string, secret: string) {
      if (!/^[\w-]{16,}$/.test(secret)) throw new Error(`A ${kind} of this form is not found`)
      made.set(secret, kind)
      lengths.add(secret.length)
    },
    /** One of any characters, as a password. One that is short may be part of something else. */
    markTyped(secret: string, kind = 'password') {
      if (secret.length >= 12) typed.set(secret, kind)
    },
    kindsIn(text: string): string[] {
      const kinds = new Set<string>()
      for (const [run] of made.size > 0 ? text.matchAll(RUN) : []) {
        const kind = kindOf(run)
        if (kind !== undefined) kinds.add(kind)
      }
      for (const [secret, kind] of typed) {
        if (text.includes(secret)) kinds.add(kind)
      }
      return [...kinds]
    },
  }
}
