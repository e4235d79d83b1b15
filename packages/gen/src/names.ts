/**
 * How a slice is named: `plural` and `singular` as they were given (`reading-lists`) in addresses, files, scopes and reasons, and
 * the same as a type, a variable, a table, and in words.
 */
export type Names = { plural: string; singular: string }

export type Given = { plural: string; singular?: string | undefined }

/**
 * The names of a slice from its plural noun of one or two words; the singular is guessed where English is regular. Throws what is
 * wrong with them.
 */
export function namesOf({ plural, singular = singularOf(plural) }: Given): Names {
  for (const noun of [plural, singular]) {
    if (!/^[a-z]{2,30}(-[a-z]{2,30})?$/.test(noun)) {
      throw new Error(
        `"${noun}" is not one word of 2 to 30 lower-case letters, nor two with a hyphen between them.`,
      )
    }
    if (keywords.has(noun)) throw new Error(`"${noun}" is a word of the language TypeScript.`)
  }
  if (plural === singular) throw new Error(`"${plural}" must differ from its singular.`)
  return { plural, singular }
}

function singularOf(plural: string): string {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y')
  if (/(?:s|x|z|ch|sh)es$/.test(plural)) return plural.replace(/es$/, '')
  if (/[^s]s$/.test(plural)) return plural.replace(/s$/, '')
  throw new Error(`What is one of "${plural}"? Say it: --singular <noun>. Slices are plural nouns.`)
}

export const keywords = new Set(
  `any arguments as async await bigint boolean break case catch class const continue debugger
  declare default delete do else enum eval export extends false finally for from function get if
  implements import in infer instanceof interface is keyof let module namespace never new null
  number object of package private protected public return satisfies set static string super
  switch symbol this throw true try type typeof undefined unique unknown using var void while with
  yield`.split(/\s+/),
)

/** `readingLists`, as a variable. */
export const camelCase = (noun: string) =>
  noun.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** `ReadingLists`, as a type. */
export const pascalCase = (noun: string) => capital(camelCase(noun))

/** `reading_lists`, as a table. */
export const snakeCase = (noun: string) => noun.replaceAll('-', '_')

/** `due_at` of `dueAt`. */
export const snakeCaseOf = (name: string) =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** The path of a file about `gizmos` as that of one of this slice. */
export const renamePath = (path: string, { plural, singular }: Names) =>
  path.replaceAll('gizmos', plural).replaceAll('gizmo', singular)

/** Text about `gizmos` as text about this slice: each name in the form that its place asks for. */
export function rename(text: string, names: Names): string {
  const article = /^[aeiou]/.test(names.singular) ? 'n' : ''
  return text
    .replaceAll(/\b([Aa]) gizmo\b/g, `$1${article} gizmo`)
    .replaceAll(/[Gg]izmo(s?)/g, (found, plural: string, at: number, whole: string) => {
      const noun = plural ? names.plural : names.singular
      return formAt(whole, at, found, noun)
    })
}

function formAt(text: string, at: number, found: string, noun: string): string {
  const before = text.slice(0, at)
  const after = text.slice(at + found.length)
  const isJoined = /[a-z]$/i.test(before) || /^[a-z]/i.test(after)
  const isCapital = found.startsWith('G')
  if (isJoined) return isCapital ? pascalCase(noun) : camelCase(noun)
  const isAddress = before.endsWith('/') || /^(\/|:[a-z])/.test(after)
  if (isAddress) return noun
  // A type never stands alone.
  if (isCapital) return capital(words(noun))
  const isTable = before.endsWith('_') || after.startsWith('_') || quoted(before, after)
  if (isTable) return snakeCase(noun)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const isProcedure = /^\.[a-z]/.test(after)
  return isProse(line) && !isProcedure ? words(noun) : camelCase(noun)
}

const words = (noun: string) => noun.replaceAll('-', ' ')

const quoted = (before: string, after: string) => before.endsWith("'") && after.startsWith("'")

/** Whether what follows is in a comment, in a string, or in a line of text between tags. */
const isProse = (line: string) =>
  /^\s*(\/\*\*|\*|\/\/)/.test(line) ||
  (line.match(/['"`]/g)?.length ?? 0) % 2 === 1 ||
  /^\s+[A-Z][a-z]*( [a-z]+)* $/.test(line)
