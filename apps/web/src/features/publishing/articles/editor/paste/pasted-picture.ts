import { pictureAddress, pictureReference } from '@galley/contract/publishing/pictures'
import { mediaTypes } from '@galley/contract/platform/media'
import type { Element } from 'hast'

/**
 * What becomes of a picture in pasted HTML. One of this site's own is shown; one from elsewhere becomes a link, for
 * whoever opens the article would be known there; one that is in the HTML itself is a file to upload.
 */
export function pictureOf(
  image: HTMLImageElement,
  { origin, inLink }: { origin: string; inLink: boolean },
): Element | File | null {
  const source = image.getAttribute('src') ?? ''
  if (source.startsWith('data:')) return fileOf(source)
  if (source.length > 2_000 || !URL.canParse(source)) return null
  const url = new URL(source)
  const alt = (image.getAttribute('alt') ?? '').slice(0, 500).trim()
  const own = url.origin === origin ? ownReference(url.pathname) : null
  if (own) return element('img', { src: pictureAddress(own), alt }, '')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  // Smaller ones count who reads, or are ornaments.
  if (Number(image.getAttribute('width') ?? 99) <= 2) return null
  const text = alt || decodeName(url.pathname) || 'Picture'
  return inLink ? element('span', {}, text) : element('a', { href: url.href }, text)
}

const ownReference = (path: string) => {
  const [, address = ''] = /^(\/media\/[\da-f-]{36})(?:\/|$)/i.exec(path) ?? []
  return pictureReference(address)
}

const element = (tagName: string, properties: Element['properties'], text: string): Element => ({
  type: 'element',
  tagName,
  properties,
  children: text === '' ? [] : [{ type: 'text', value: text }],
})

function decodeName(path: string) {
  const name = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('/') + 101)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const LONGEST_DATA = 8_000_000

function fileOf(source: string): File | null {
  const [start = '', type = ''] = /^data:(image\/[a-z]{3,5});base64,/.exec(source) ?? []
  if (source.length > LONGEST_DATA || !(type in mediaTypes)) return null
  try {
    const bytes = Uint8Array.from(atob(source.slice(start.length)), (char) => char.charCodeAt(0))
    return new File([bytes], `picture.${type.slice('image/'.length)}`, { type })
  } catch {
    return null
  }
}
