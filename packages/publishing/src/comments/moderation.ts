import type { CommentView } from '@galley/contract/publishing/comments'
import { isEditor } from '@galley/platform/actor'
import { AppError } from '@galley/platform/errors'
import type { AuthedCtx } from '../ctx.ts'

/** Throws `comment/refused` for what the settings of the site do not allow; editors write what they want. */
export function refuseUnwanted(ctx: AuthedCtx, { bodyHtml }: Pick<CommentView, 'bodyHtml'>): void {
  if (isEditor(ctx.actor)) return
  const { maxCommentLinks, blockedWords } = ctx.settings.current.settings
  if (maxCommentLinks !== null && linksIn(bodyHtml) > maxCommentLinks) {
    throw refused(linkRule(maxCommentLinks))
  }
  if (blockedWords.length > 0 && hasAny(bodyHtml, blockedWords)) {
    throw refused('Has a word that is not allowed here.')
  }
}

const refused = (message: string) =>
  new AppError('comment/refused', { fields: [{ path: 'body', message }] })

const linkRule = (most: number) =>
  most === 0
    ? 'Must not have links.'
    : `Must have at most ${most} ${most === 1 ? 'link' : 'links'}.`

/** Those that lead away; who is mentioned has a page of this site. */
const linksIn = (html: string) => html.match(/<a [^<>]*href="(?:https?:|mailto:)/g)?.length ?? 0

/** As readers see it: markup inside a word, and characters without a glyph, hide nothing. */
function hasAny(html: string, phrases: readonly string[]): boolean {
  const text = wordsOf(html.replaceAll(apart, ' ').replaceAll(/<[^<>]*>/g, ''))
  return phrases.some((phrase) => {
    const words = wordsOf(phrase)
    return words.trim() !== '' && text.includes(words)
  })
}

/** What begins or ends a line of its own, and what stands for a character that is no letter. */
const apart = /<\/?(?:p|li|ul|ol|blockquote|pre|br|hr)\b[^<>]*>|&(?:#?\w+);/g

/**
 * Whole words in lower case with a space around each, so that a phrase is part of a text as words and not as letters. In scripts
 * that put none between words each letter is one.
 */
function wordsOf(text: string): string {
  const visible = text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
  const spaced = visible.toLowerCase().replaceAll(unspaced, ' $& ')
  const words = spaced.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return ` ${words.join(' ')} `
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
