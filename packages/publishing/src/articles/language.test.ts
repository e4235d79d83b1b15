import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { getArticle, getArticleSource } from './get.ts'
import { listArticles } from './list.ts'
import { publishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()

const arabic = 'الحديقة تنمو ببطء ولا أحد يعرف متى تكتمل، ومع ذلك يسقيها الجميع كل يوم.'
const english =
  'The garden grows slowly and nobody knows when it will be finished, yet all of them water it.'

test('an article is in the language of its text until its author says another', async () => {
  const author = await domain.person()
  const made = await createArticle(author, { title: 'الحديقة', body: arabic })
  expect(made).toMatchObject({ language: null, detectedLanguage: 'ar' })
  const { id, slug, version } = await publishArticle(author, { id: made.id, version: 1 })
  expect(await getArticle(domain.anonymous(), { slug })).toMatchObject({ language: 'ar' })

  const said = await updateArticle(author, { id, version, language: 'fa' })
  expect(said).toMatchObject({ language: 'fa', detectedLanguage: 'ar' })
  expect(await getArticle(domain.anonymous(), { slug })).toMatchObject({ language: 'fa' })
  const rewritten = await updateArticle(author, { id, version: said.version, body: english })
  expect(rewritten).toMatchObject({ language: 'fa', detectedLanguage: 'en' })
  const { items } = await listArticles(domain.anonymous(), { limit: 1 })
  expect(items).toMatchObject([{ slug, language: 'fa' }])

  await updateArticle(author, { id, version: rewritten.version, language: null })
  expect(await getArticle(domain.anonymous(), { slug })).toMatchObject({ language: 'en' })
  expect(await getArticleSource(author, { id })).toMatchObject({ language: null })
})

test('the language of a text that an older version rendered is found when it is read', async () => {
  const author = await domain.person()
  const stored = { authorId: author.actor.user.id, body: arabic, renderVersion: 0 }
  const { slug } = await insertArticle(domain.database.db, stored)
  await getArticle(domain.anonymous(), { slug })
  expect(await getArticle(domain.anonymous(), { slug })).toMatchObject({ language: 'ar' })
})
