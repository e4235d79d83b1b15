import { readdir, readFile } from 'node:fs/promises'
import { LanguageTag } from '@galley/contract/publishing/article-fields'
import { CreateArticle } from '@galley/contract/publishing/articles'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = new URL('./articles/', import.meta.url)

const written = {
  by: z.string(),
  text: z.string(),
  /** What the author made of it a few minutes later. */
  edited: z.string().optional(),
}

const SeedComment = z.strictObject({
  ...written,
  /** By its author, once it had all its replies. */
  deleted: z.literal(true).optional(),
  /** `to` is the number, from 1, of the reply that one answers. */
  replies: z.array(z.strictObject({ ...written, to: z.int().min(1).optional() })).default([]),
})
export type SeedComment = z.output<typeof SeedComment>

const FrontMatter = z.strictObject({
  title: z.string(),
  description: z.string(),
  author: z.string(),
  published: z.coerce.date().optional(),
  status: z.literal('draft').optional(),
  cover: z.string(),
  language: LanguageTag.optional(),
  tags: z.array(z.string()),
  comments: z.array(SeedComment).default([]),
  commentsClosed: z.literal(true).optional(),
  history: z
    .array(
      z.strictObject({
        by: z.string(),
        /** Before it was finished. */
        days: z.number(),
        /** How many of its paragraphs were there. */
        paragraphs: z.number(),
        title: z.string().optional(),
        reason: z.string().optional(),
      }),
    )
    .default([]),
})

export type SeedArticle = {
  author: string
  /** Undefined for a draft. */
  published: Date | undefined
  content: CreateArticle
  comments: SeedComment[]
  commentsClosed: boolean
  /** Its earlier texts, the first of all by its author. */
  history: { by: string; days: number; content: CreateArticle; reason: string | undefined }[]
}

/** The articles of the demonstration publication in order of publication, drafts last. */
export async function readSeedArticles(): Promise<SeedArticle[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'))
  const articles = await Promise.all(names.toSorted().map(readSeedArticle))
  return articles.toSorted((a, b) => time(a) - time(b))
}

const time = (article: SeedArticle) => article.published?.getTime() ?? Number.MAX_SAFE_INTEGER

async function readSeedArticle(name: string): Promise<SeedArticle> {
  const text = await readFile(new URL(name, folder), 'utf8')
  const [, head = '', body = ''] = /^---\n(.*?)\n---\n+(.*)$/s.exec(text) ?? []
  const {
    title,
    description,
    cover,
    language = null,
    tags,
    ...rest
  } = FrontMatter.parse(parse(head))
  const content = CreateArticle.parse({
    title,
    description,
    coverUrl: cover,
    language,
    tags,
    body,
  })
  const history = rest.history.map(({ by, days, paragraphs, title: earlier, reason }) => {
    const text = body.split('\n\n').slice(0, paragraphs).join('\n\n')
    return { by, days, reason, content: { ...content, title: earlier ?? title, body: text } }
  })
  const { author, published, comments, commentsClosed = false } = rest
  return { author, published, content, comments, commentsClosed, history }
}
