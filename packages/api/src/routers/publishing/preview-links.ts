import {
  CreatePreviewLink,
  LinksOfArticle,
  NewPreviewLink,
  PreviewByToken,
  PreviewedArticle,
  PreviewLinkById,
  PreviewLinkList,
} from '@galley/contract/publishing/preview-links'
import { Deleted } from '@galley/contract/primitives'
import {
  createPreviewLink,
  deletePreviewLink,
  listPreviewLinks,
} from '@galley/publishing/preview-links/manage'
import { readPreview } from '@galley/publishing/preview-links/read'
import { describeSlice } from '../../docs.ts'
import { authedProcedure, publicProcedure, router, sessionProcedure } from '../../trpc.ts'
import { mira } from '../platform/users.docs.ts'
import { exampleDraft } from './articles.examples.ts'

export const exampleLinkId = '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b60'

const docs = describeSlice(
  {
    about: 'Addresses by which people without an account see an article that is not out yet.',
    fields: { articleId: 'The id of the article.' },
  },
  {
    list: {
      summary: 'List the preview links of an article',
      description:
        'Those that still work, newest first. Where they lead is shown once, on the page of the article in the editor, where they are made.',
      refusals: ['article/not-found', 'article/forbidden'],
      examples: [
        {
          summary: 'Of a draft',
          path: { articleId: exampleDraft.id },
          response: {
            items: [
              {
                id: exampleLinkId,
                articleId: exampleDraft.id,
                name: 'For the proofreader',
                createdBy: {
                  username: mira.username,
                  displayName: mira.displayName,
                  avatarUrl: null,
                },
                createdAt: '2026-03-15T10:00:00.000Z',
                expiresAt: '2026-03-22T10:00:00.000Z',
              },
            ],
            can: { create: true },
          },
        },
      ],
    },
    delete: {
      summary: 'Revoke a preview link',
      description: 'It leads nowhere from then on.',
      refusals: ['preview-link/not-found'],
      examples: [{ summary: 'By id', path: { id: exampleLinkId } }],
    },
  },
)

export const previewLinks = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{articleId}/preview-links' },
    docs: docs.list,
  })
    .input(LinksOfArticle)
    .output(PreviewLinkList)
    .query(({ ctx, input }) => listPreviewLinks(ctx, input)),
  // Its response holds a secret, which is not for programs, and is not kept for a request that is sent again.
  create: sessionProcedure({ cost: 3, queries: 5 })
    .input(CreatePreviewLink)
    .output(NewPreviewLink)
    .mutation(({ ctx, input }) => createPreviewLink(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 4,
    scope: 'articles:write',
    rest: { method: 'DELETE', path: '/preview-links/{id}', status: 204 },
    docs: docs.delete,
  })
    .input(PreviewLinkById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deletePreviewLink(ctx, input)),
  read: publicProcedure({ cost: 3, queries: 2 })
    .input(PreviewByToken)
    .output(PreviewedArticle)
    .query(({ ctx, input }) => readPreview(ctx, input)),
})
