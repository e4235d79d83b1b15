import { defaultSchema } from 'rehype-sanitize'
import type { Options as Schema } from 'rehype-sanitize'

/**
 * GitHub's schema narrowed to what Markdown itself can make: no element or attribute that only raw
 * HTML could bring. Ids need no prefix here, for each is made by a plugin that gives it one.
 */
export const articleSchema: Schema = {
  ...defaultSchema,
  clobberPrefix: '',
  tagNames: names(`
    a blockquote br code del em h2 h3 h4 h5 h6 hr img input li ol p pre section strong sup
    table tbody td th thead tr ul
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
    h2: ['id', ['className', 'sr-only']],
    img: ['alt', 'src', 'title'],
    input: ['checked', ['disabled', true], ['type', 'checkbox']],
    li: ['id', ['className', 'task-list-item']],
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
  tagNames: names('a blockquote br code del em hr input li ol p pre strong ul'),
}

function names(list: string): string[] {
  return list.trim().split(/\s+/)
}
