import { wordsOf } from './compare-source.ts'

const tokenPattern = /<[^>"]*(?:"[^"]*"[^>"]*)*>|&[#\w]+;|[^<&]+|[<&]/g

/** Tags, character references and words of HTML that the renderer made. */
export function tokensOf(html: string): string[] {
  return Array.from(html.matchAll(tokenPattern), ([token]) => token).flatMap((token) =>
    token.startsWith('<') || token.startsWith('&') ? [token] : wordsOf(token),
  )
}

/** The outermost elements, without the white space between them. */
export function blocksOf(html: string): string[] {
  const blocks: string[] = []
  let depth = 0
  let block = ''
  for (const [token] of html.matchAll(tokenPattern)) {
    const tag = tagOf(token)
    block += token
    if (tag && !tag.isVoid) depth += tag.closes ? -1 : 1
    if (depth > 0 || tag === null) continue
    blocks.push(block.trim())
    block = ''
  }
  return block.trim() === '' ? blocks : [...blocks, block.trim()]
}

export type Tag = {
  name: string
  closes: boolean
  isVoid: boolean
  isInline: boolean
  /** Whether text may stand in it. */
  holdsText: boolean
}

/** Null for what is text. */
export function tagOf(token: string): Tag | null {
  const [, slash, name] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(token) ?? []
  if (name === undefined) return null
  return {
    name,
    closes: slash === '/',
    isVoid: voidElements.has(name),
    isInline: inlineElements.has(name),
    holdsText: !withoutText.has(name),
  }
}

const voidElements = new Set('area br col hr img input source wbr'.split(' '))
const inlineElements = new Set(
  'a abbr b br code del em i img input ins kbd mark s span strong sub sup wbr'.split(' '),
)
const withoutText = new Set('table thead tbody tfoot tr colgroup ul ol dl picture'.split(' '))
