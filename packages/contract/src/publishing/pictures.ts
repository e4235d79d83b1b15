const address =
  /^\/media\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(#decorative)?$/i
const anywhere = /\/media\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi

/** A picture of the media library as a text refers to it. */
export type PictureReference = {
  id: string
  /** Marked in the text as one that says nothing to who cannot see it: `![](/media/<id>#decorative)`. */
  decorative: boolean
}

/** The address by which Markdown shows a picture: `![alt](/media/<id> "caption")`. */
export const pictureAddress = ({ id, decorative }: PictureReference) =>
  `/media/${id}${decorative ? '#decorative' : ''}`

/** What an address in a text refers to; null for any other address, such as that of a picture elsewhere. */
export function pictureReference(url: string): PictureReference | null {
  const [, id, mark] = address.exec(url) ?? []
  return id === undefined ? null : { id: id.toLowerCase(), decorative: mark !== undefined }
}

/** The ids of all pictures that a Markdown text may show, each once; one that it only mentions may be among them. */
export function pictureIdsIn(markdown: string): string[] {
  const ids = Array.from(markdown.matchAll(anywhere), ([, id = '']) => id.toLowerCase())
  return [...new Set(ids)]
}
