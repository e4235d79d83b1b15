import rehypeShikiFromHighlighter from '@shikijs/rehype/core'
import type { ElementContent } from 'hast'
import type { Root } from 'mdast'
import { createHighlighterCore, type ShikiTransformer } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { visit } from 'unist-util-visit'
import type { Clock } from '../errors.ts'
import { languageSamples, findLanguage, type Language } from './languages.ts'
import { theme, tokenKinds } from './theme.ts'

const PLAIN = 'text'

const highlighter = await createHighlighterCore({
  themes: [theme],
  engine: createJavaScriptRegexEngine(),
})

/**
 * Replaces what the author wrote beside the fence by the name of a grammar, or `text`, and loads
 * the grammars that the document needs. The first use of a grammar compiles it, for up to half a
 * second: that is not the document's fault, so the clock stands still meanwhile.
 */
export async function prepareCodeLanguages(tree: Root, clock: Clock): Promise<void> {
  const missing = new Set<Language>()
  visit(tree, 'code', (node) => {
    const language = findLanguage(node.lang ?? '')
    node.lang = language?.name ?? PLAIN
    node.meta = null
    if (language && !prepared.has(language)) missing.add(language)
  })
  if (missing.size === 0) return
  clock('stop')
  for (const language of missing) {
    await highlighter.loadLanguage(language.grammar)
    const sample = languageSamples[language.name] ?? ''
    highlighter.codeToTokens(sample, { lang: language.name, theme: theme.name })
    prepared.add(language)
  }
  clock('start')
}

const prepared = new Set<Language>()

/** Highlights code blocks by class names; their languages must be prepared. */
export function rehypeHighlight() {
  return rehypeShikiFromHighlighter(highlighter, {
    theme: theme.name,
    transformers: [tokenClasses],
    defaultLanguage: PLAIN,
    fallbackLanguage: PLAIN,
    mergeSameStyleTokens: true,
    tokenizeMaxLineLength: 1000,
    // A limit in time would make the output depend on the load; the whole rendering has one.
    tokenizeTimeLimit: 0,
  })
}

const kinds = new Set(tokenKinds)

/**
 * Turns the colours of `theme` into classes: `pre.highlight > code` holds text and `span.tok-*`,
 * with no inline style and no element for plain text.
 */
const tokenClasses: ShikiTransformer = {
  name: 'galley:token-classes',
  tokens: (lines) =>
    lines.map((tokens) =>
      tokens.map(({ content, offset, color = '' }) => ({
        content,
        offset,
        ...(kinds.has(color) && { htmlAttrs: { class: `tok-${color}` } }),
      })),
    ),
  line(node) {
    node.children = node.children.flatMap(unwrapPlain)
  },
  code(node) {
    node.children = node.children.flatMap((child) =>
      child.type === 'element' ? child.children : child,
    )
  },
  pre(node) {
    node.properties = { class: 'highlight', tabindex: '0' }
  },
}

function unwrapPlain(node: ElementContent): ElementContent | ElementContent[] {
  return node.type === 'element' && !node.properties.class ? node.children : node
}
