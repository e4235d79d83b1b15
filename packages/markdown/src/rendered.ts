/** An article may use everything; a comment has no headings, images or tables. */
export type Profile = 'article' | 'comment'

/**
 * `html` is safe to insert as it is; `text` is for excerpts and search. Of an article, `words` counts `text`, and `language`
 * is its BCP 47 tag, null where none is recognised; a comment has 0 and null.
 */
export type Rendered = { html: string; text: string; words: number; language: string | null }

/** Goes up when the same Markdown gives other HTML; stored beside it, so that stale HTML is rendered again. */
export const RENDER_VERSION: number = 3
