/** An article may use everything; a comment has no headings, images or tables. */
export type Profile = 'article' | 'comment'

/** What is known of a picture of the media library that may be shown. */
export type Picture = {
  /** In pixels, of the largest file. */
  width: number
  height: number
  /** What it shows, for texts that do not say; null where nobody has said, empty where it is decorative. */
  alt: string | null
  /** Its files: each kind from narrow to wide, the kind that every browser shows last. */
  sources: { type: string; files: { url: string; width: number }[] }[]
}

/** The pictures that a text may show, by id; those it refers to besides leave their alternative text. */
export type Pictures = Readonly<Record<string, Picture>>

/** A picture of the media library as a text uses it; `alt` is what the text itself says. */
export type UsedPicture = { id: string; alt: string; decorative: boolean }

/** A heading of a text: the id that it has in the HTML, its words without marks, and its level from 2 to 6. */
export type Heading = { id: string; text: string; level: number }

/** People that a comment may mention: what they are called in the text, in lower case, and their usernames. */
export type People = Readonly<Record<string, string>>

/**
 * `html` is safe to insert as it is; `text` is for excerpts and search. Of an article, `words` counts `text`, and `language`
 * is its BCP 47 tag, null where none is recognised; `pictures` are those of the media library that it refers to, and
 * `headings` those that structure it, both in their order. A comment has 0, null and none of these; `mentions` are the names in it that became links to people.
 */
export type Rendered = {
  html: string
  text: string
  words: number
  language: string | null
  pictures: UsedPicture[]
  mentions: string[]
  headings: Heading[]
}

/** Goes up when the same Markdown gives other HTML; stored beside it, so that stale HTML is rendered again. */
export const RENDER_VERSION: number = 4
