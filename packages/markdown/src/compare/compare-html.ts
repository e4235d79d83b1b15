import { areUnlike, type Budget, diffTokens, type Run } from './diff-tokens.ts'
import { blocksOf, tagOf, tokensOf, type Tag } from './html-tokens.ts'

/**
 * The later HTML with what is new in `ins` and what is gone in `del`. Both must be what the renderer makes: only its own
 * tags are kept, and text stays escaped, so that the result is as safe as they are.
 */
export function compareHtml(before: string, after: string, budget: Budget): string {
  const runs = diffTokens(
    blocksOf(withoutHeadingLinks(before)),
    blocksOf(withoutHeadingLinks(after)),
    budget,
  )
  return runs
    .flatMap(({ kind, tokens }, at) => {
      const next = runs[at + 1]
      if (kind === 'same') return tokens
      if (kind === 'removed') {
        return next?.kind === 'added' ? changedBlocks(tokens, next.tokens, budget) : gone(tokens)
      }
      return runs[at - 1]?.kind === 'removed' ? [] : added(tokens)
    })
    .join('\n')
}

/** A heading that is gone has no address, and its words are compared as they stand in it. */
const withoutHeadingLinks = (html: string) =>
  html.replaceAll(/<a class="heading-link"(?: [a-z-]+="[^"]*")*><\/a>/g, '')

function changedBlocks(before: string[], after: string[], budget: Budget): string[] {
  const runs = diffTokens(tokensOf(before.join('\n')), tokensOf(after.join('\n')), budget)
  return areUnlike(runs) ? [gone(before), added(after)] : [mergeTokens(runs)]
}

const added = (blocks: string[]) => markText(tokensOf(blocks.join('\n')), 'ins', asAdded)

/** With its own tags; nothing is to have the same id twice. */
const gone = (blocks: string[]) =>
  markText(tokensOf(blocks.join('\n')), 'del', (tag) => tag.replaceAll(/ id="[^"]*"/g, ''))

const asAdded = (tag: string) => tag.replace(/^<img /, '<img data-added ')

function markText(tokens: string[], mark: 'ins' | 'del', toTag: (tag: string) => string): string {
  let html = ''
  let text = ''
  const end = () => {
    html += text.trim() === '' ? text : `<${mark}>${text}</${mark}>`
    text = ''
  }
  for (const token of tokens) {
    if (tagOf(token) === null) text += token
    else {
      end()
      html += toTag(token)
    }
  }
  end()
  return html
}

/** The elements of the result are those of the later text; of what is gone there is only the text. */
function mergeTokens(runs: Run[]): string {
  const open: Tag[] = []
  let html = ''
  let dropped = ''

  function putDropped() {
    const parent = open.at(-1)
    if (parent && !parent.holdsText) return
    const text = dropped.trim()
    if (text !== '') html += parent ? `<del>${text}</del> ` : `<p><del>${text}</del></p>`
    dropped = ''
  }

  for (const { kind, tokens } of runs) {
    if (kind === 'removed') {
      dropped += tokens.map(textOfGone).join('')
      continue
    }
    for (const part of textsAndTags(tokens)) {
      putDropped()
      const tag = tagOf(part)
      html += kind === 'added' ? markText([part], 'ins', asAdded) : part
      if (tag && !tag.isVoid) {
        if (tag.closes) open.pop()
        else open.push(tag)
      }
    }
  }
  putDropped()
  return html
}

function textOfGone(token: string): string {
  const tag = tagOf(token)
  if (tag === null) return token
  if (tag.name === 'img') return ` [${/ alt="([^"]*)"/.exec(token)?.[1] ?? ''}] `
  return tag.isInline ? '' : ' '
}

/** Neighbouring words as one text. */
function textsAndTags(tokens: string[]): string[] {
  const parts: string[] = []
  let text = ''
  for (const token of tokens) {
    if (tagOf(token) === null) text += token
    else {
      if (text !== '') parts.push(text)
      text = ''
      parts.push(token)
    }
  }
  return text === '' ? parts : [...parts, text]
}
