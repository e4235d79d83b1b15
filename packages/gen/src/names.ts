/** The four forms in which a slice is named: `bookmarks`, `bookmark`, `Bookmarks`, `Bookmark`. */
export type Names = { plural: string; singular: string; Plural: string; Singular: string }

/**
 * The names of a slice from its plural noun; the singular is guessed where English is regular. Throws what is wrong with
 * them. One word: it is at once a folder, a table, a variable and a part of an address.
 */
export function namesOf({ plural, singular = singularOf(plural) }: Given): Names {
  for (const word of [plural, singular]) {
    if (!/^[a-z]{2,30}$/.test(word)) {
      throw new Error(`"${word}" is not one word of 2 to 30 lower-case letters.`)
    }
    if (keywords.has(word)) throw new Error(`"${word}" is a word of the language TypeScript.`)
  }
  if (plural === singular) throw new Error(`"${plural}" must differ from its singular.`)
  return { plural, singular, Plural: capital(plural), Singular: capital(singular) }
}

export type Given = { plural: string; singular?: string | undefined }

function singularOf(plural: string): string {
  if (/[^aeiou]ies$/.test(plural)) return plural.replace(/ies$/, 'y')
  if (/(?:s|x|z|ch|sh)es$/.test(plural)) return plural.replace(/es$/, '')
  if (/[^s]s$/.test(plural)) return plural.replace(/s$/, '')
  throw new Error(`What is one of "${plural}"? Say it: --singular <noun>. Slices are plural nouns.`)
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const keywords = new Set(
  `any arguments as async await bigint boolean break case catch class const continue debugger
  declare default delete do else enum eval export extends false finally for from function get if
  implements import in infer instanceof interface is keyof let module namespace never new null
  number object of package private protected public return satisfies set static string super
  switch symbol this throw true try type typeof undefined unique unknown using var void while with
  yield`.split(/\s+/),
)

/** Text about `gizmos` as text about this slice. */
export function rename(text: string, { plural, singular, Plural, Singular }: Names): string {
  const article = /^[aeiou]/.test(singular) ? 'n' : ''
  return text
    .replaceAll(/\b([Aa]) gizmo\b/g, `$1${article} gizmo`)
    .replaceAll('gizmos', plural)
    .replaceAll('Gizmos', Plural)
    .replaceAll('gizmo', singular)
    .replaceAll('Gizmo', Singular)
}
