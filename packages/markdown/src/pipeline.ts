import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { countWords } from '@galley/contract/publishing/words'
import {
  rehypeTables,
  rehypeTasks,
  FOOTNOTE_PREFIX,
  rehypeFootnoteIds,
  rehypeHeadingIds,
  scopeIds,
} from './hast/names.ts'
import { linkHeadings } from './hast/headings.ts'
import { rehypeFigures, rehypeImages } from './hast/images.ts'
import { rehypeLinks } from './hast/links.ts'
import { showPictures } from './hast/pictures.ts'
import { articleSchema, commentSchema } from './hast/sanitize-schema.ts'
import { prepareCodeLanguages, rehypeHighlight } from './highlight/highlighter.ts'
import { endBareLinks } from './mdast/bare-links.ts'
import {
  markCallouts,
  moveFootnotesOutOfLinks,
  numberFootnotes,
  shiftHeadings,
} from './mdast/blocks.ts'
import { flattenForComment } from './mdast/comment-profile.ts'
import { detectLanguage, toPlainText } from './mdast/plain-text.ts'
import { assertWithinLimits } from './mdast/limits.ts'
import { linkMentions } from './mdast/mentions.ts'
import { showRawHtml, takeSafeHtml } from './mdast/safe-html.ts'
import type { People, Pictures, Profile, Rendered } from './rendered.ts'
import type { Clock } from './errors.ts'

type Options = {
  pictures?: Pictures
  people?: People
  idScope?: string | undefined
  clock?: Clock
}

/**
 * Renders on the calling thread, however long that takes: `createMarkdownRenderer` is what keeps it
 * off the event loop. Same input, same output.
 *
 * @throws {MarkdownTooComplex} where the document breaks a limit
 */
export async function renderDocument(
  markdown: string,
  profile: Profile,
  { pictures = {}, people = {}, idScope, clock = () => {} }: Options = {},
): Promise<Rendered> {
  const tree = parser.parse(markdown)
  assertWithinLimits(tree)
  takeSafeHtml(tree)
  assertWithinLimits(tree)
  showRawHtml(tree)
  endBareLinks(tree, markdown)
  markCallouts(tree)
  if (profile === 'comment') flattenForComment(tree)
  const mentions = profile === 'comment' ? linkMentions(tree, people) : []
  shiftHeadings(tree)
  moveFootnotesOutOfLinks(tree)
  numberFootnotes(tree)
  await prepareCodeLanguages(tree, clock)

  const text = toPlainText(tree)
  const writer = writers[profile]
  const safe = await writer.sanitise.run(tree)
  const used = showPictures(safe, pictures)
  const finished = await writer.finish.run(safe)
  if (idScope !== undefined) scopeIds(finished, idScope)
  const headings = linkHeadings(finished)
  const rendered = {
    html: writer.finish.stringify(finished),
    text,
    pictures: used,
    headings,
    mentions,
  }
  // Of a comment nobody asks for more.
  if (profile === 'comment') return { ...rendered, words: 0, language: null }
  return { ...rendered, words: countWords(text), language: detectLanguage(text) }
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkCjkFriendly).freeze()

const writers = {
  article: createWriter({ schema: articleSchema, everyLink: false }),
  comment: createWriter({ schema: commentSchema, everyLink: true }),
}

/** Nothing before rehypeSanitize is trusted; what comes after adds only what it names itself. */
function createWriter({ schema, everyLink }: { schema: typeof articleSchema; everyLink: boolean }) {
  const sanitise = unified()
    .use(remarkRehype, { clobberPrefix: FOOTNOTE_PREFIX })
    .use(rehypeSanitize, schema)
    .use(rehypeHeadingIds)
    .use(rehypeFootnoteIds)
    .use(rehypeImages)
    .freeze()
  const finish = unified()
    .use(rehypeFigures)
    .use(rehypeLinks, { everyLink })
    .use(rehypeTables)
    .use(rehypeTasks)
    .use(rehypeHighlight)
    .use(rehypeStringify)
    .freeze()
  return { sanitise, finish }
}
