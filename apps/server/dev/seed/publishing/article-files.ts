import { readdir, readFile } from 'node:fs/promises'
import { CreateArticle, LanguageTag } from '@galley/contract/publishing/articles'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = new URL('./articles/', import.meta.url)

const FrontMatter = z.strictObject({
  title: z.string(),
  description: z.string(),
  author: z.string(),
  published: z.coerce.date().optional(),
  status: z.literal('draft').optional(),
  cover: z.string(),
  language: LanguageTag.optional(),
  tags: z.array(z.string()),
  comments: z.array(z.strictObject({ by: z.string(), text: z.string() })).default([]),
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
  comments: { by: string; text: string }[]
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
  return { ...rest, published: rest.published, content, history }
}
