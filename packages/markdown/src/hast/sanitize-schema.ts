import { defaultSchema } from 'rehype-sanitize'
import type { Options as Schema } from 'rehype-sanitize'

/**
 * GitHub's schema narrowed to what Markdown itself can make, and the few tags of `safe-html.ts`. Ids need no prefix here, for each is made by a plugin that gives it one.
 */
export const articleSchema: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: names(`
    a blockquote br code del details div em h2 h3 h4 h5 h6 hr img input kbd li ol p pre section
    strong sub summary sup table tbody td th thead tr ul
  `),
  attributes: {
    a: [
      'ariaDescribedBy',
      'ariaLabel',
      'dataFootnoteBackref',
      'dataFootnoteRef',
      'href',
      'id',
      'title',
      ['className', 'data-footnote-backref'],
    ],
    code: [['className', /^language-[a-z]+$/]],
    details: ['open'],
    div: [
      ['className', /^callout(-[a-z]+)?$/],
      ['role', 'note'],
    ],
    h2: ['id', ['className', 'sr-only']],
    img: ['alt', 'src', 'title'],
    input: ['checked', ['disabled', true], ['type', 'checkbox']],
    li: ['id', ['className', 'task-list-item']],
    p: [['className', 'callout-title']],
    ol: ['start', ['className', 'contains-task-list']],
    section: ['dataFootnotes', ['className', 'footnotes']],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  // Compared as written, and telephones begin a line with a capital.
  protocols: {
    href: ['http', 'https', 'mailto', 'Http', 'Https', 'Mailto', 'HTTP', 'HTTPS'],
    src: ['https', 'Https', 'HTTPS'],
  },
}

/** The schema of articles without headings, images, tables and footnotes. */
export const commentSchema: Schema = {
  ...articleSchema,
  tagNames: names(`
    a blockquote br code del details div em hr input kbd li ol p pre strong sub summary sup ul
  `),
}

function names(list: string): string[] {
  return list.trim().split(/\s+/)
}
