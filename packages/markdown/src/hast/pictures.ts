import { pictureReference, type PictureReference } from '@galley/contract/publishing/pictures'
import type { Element, ElementContent, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import { MarkdownTooComplex } from '../errors.ts'
import type { Picture, Pictures, UsedPicture } from '../rendered.ts'

/** Each becomes some two thousand characters of HTML. */
const MAX_PICTURES = 200

/** The width of an article's text: its measure, or a narrow window without its edges. */
const SIZES = '(min-width: 46rem) 42rem, calc(100vw - 2.25rem)'

/** What `src` is where the browser knows no `srcset`: the narrowest file that is at least so wide. */
const FALLBACK_WIDTH = 1200

/**
 * Shows the pictures of the media library in all their sizes, all but the first loading late. One that is not among
 * `pictures` leaves its alternative text. Returns all that the text refers to.
 *
 * @throws {MarkdownTooComplex} where there are too many
 */
export function showPictures(tree: Root, pictures: Pictures): UsedPicture[] {
  const used: UsedPicture[] = []
  let shown = 0
  visit(tree, 'element', (node, index, parent) => {
    const reference = ownPicture(node)
    if (!reference || !parent || index === undefined) return
    const typed = typeof node.properties.alt === 'string' ? node.properties.alt.trim() : ''
    used.push({ ...reference, alt: typed })
    if (used.length > MAX_PICTURES) {
      throw new MarkdownTooComplex(`The text has more than ${MAX_PICTURES} pictures`)
    }
    const picture = Object.hasOwn(pictures, reference.id) ? pictures[reference.id] : undefined
    const alt = reference.decorative ? '' : typed || (picture?.alt ?? '')
    if (!picture) {
      parent.children[index] = { type: 'text', value: alt }
      return
    }
    const { title } = node.properties
    const properties = { alt, ...(title !== undefined && { title }) }
    parent.children[index] = responsive(picture, properties, shown === 0)
    shown += 1
    return SKIP
  })
  return used
}

const ownPicture = ({ tagName, properties }: Element): PictureReference | null =>
  tagName === 'img' && typeof properties.src === 'string' ? pictureReference(properties.src) : null

function responsive(
  { width, height, sources }: Picture,
  properties: Element['properties'],
  isFirst: boolean,
): ElementContent {
  const files = sources.at(-1)?.files ?? []
  const fallback = files.find((file) => file.width >= FALLBACK_WIDTH) ?? files.at(-1)
  const img: Element = {
    type: 'element',
    tagName: 'img',
    properties: {
      src: fallback?.url,
      ...srcSetOf(files),
      ...properties,
      width,
      height,
      ...(!isFirst && { loading: 'lazy' }),
      decoding: 'async',
    },
    children: [],
  }
  const others = sources.slice(0, -1).map((source): Element => {
    const typed = { type: source.type, ...srcSetOf(source.files) }
    return { type: 'element', tagName: 'source', properties: typed, children: [] }
  })
  return { type: 'element', tagName: 'picture', properties: {}, children: [...others, img] }
}

const srcSetOf = (files: Picture['sources'][number]['files']) => ({
  srcSet: files.map(({ url, width }) => `${url} ${width}w`).join(', '),
  sizes: SIZES,
})
