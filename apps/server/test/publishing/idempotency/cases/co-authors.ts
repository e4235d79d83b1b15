import { insertUser } from '@galley/testing/factories'
import {
  insertArticle,
  insertCoAuthor,
  insertPreviewLink,
} from '@galley/testing/publishing/factories'
import type { Cases, Setup } from '../../../platform/idempotency/case.ts'

const draft = ({ db, caller }: Setup) =>
  insertArticle(db, { authorId: caller.id, status: 'draft', publishedAt: null })

async function withCoAuthor(setup: Setup) {
  const { id: articleId } = await draft(setup)
  const person = await insertUser(setup.db, { role: 'author' })
  await insertCoAuthor(setup.db, { articleId, userId: person.id })
  return { articleId, username: person.username }
}

export const cases: Cases = {
  'coAuthors.invite': async (setup) => ({
    input: {
      articleId: (await draft(setup)).id,
      username: (await insertUser(setup.db, { role: 'author' })).username,
    },
  }),
  'coAuthors.order': async (setup) => {
    const author = await insertUser(setup.db, { role: 'author' })
    const { articleId, username } = await withCoAuthor({ ...setup, caller: author })
    return { input: { articleId, usernames: [username, author.username] } }
  },
  'coAuthors.remove': async (setup) => ({ input: await withCoAuthor(setup) }),
  'coAuthors.accept': async (setup) => {
    const author = await insertUser(setup.db, { role: 'author' })
    const { id: articleId } = await draft({ ...setup, caller: author })
    await insertCoAuthor(setup.db, { articleId, userId: setup.caller.id, accepted: false })
    return { input: { articleId } }
  },
  'previewLinks.delete': async (setup) => ({
    input: {
      id: (
        await insertPreviewLink(setup.db, {
          articleId: (await draft(setup)).id,
          createdBy: setup.caller.id,
        })
      ).id,
    },
  }),
}
