/** Articles of one language, and what searches find among those of all languages: the first three titles, or all. */
export type Corpus = {
  language: string
  articles: readonly Text[]
  cases: readonly (readonly [q: string, titles: readonly string[]])[]
}

type Text = { title: string; description: string; tags: string[]; body: string }
