import {
  ArticleAuthors,
  AuthorsOfArticle,
  CoAuthorByUsername,
  CoAuthorInvitationPage,
  ListCoAuthorInvitations,
  OrderAuthors,
} from '@galley/contract/publishing/co-authors'
import {
  inviteCoAuthor,
  listAuthors,
  orderAuthors,
  removeCoAuthor,
} from '@galley/publishing/co-authors/manage'
import { acceptCoAuthorship, listCoAuthorInvitations } from '@galley/publishing/co-authors/respond'
import { authedProcedure, router } from '../../trpc.ts'
import { docs } from './co-authors.docs.ts'

export const coAuthors = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/articles/{articleId}/authors' },
    docs: docs.list,
  })
    .input(AuthorsOfArticle)
    .output(ArticleAuthors)
    .query(({ ctx, input }) => listAuthors(ctx, input)),
  invite: authedProcedure({
    cost: 3,
    queries: 7,
    scope: 'articles:write',
    rest: { method: 'PUT', path: '/articles/{articleId}/authors/{username}' },
    docs: docs.invite,
  })
    .input(CoAuthorByUsername)
    .output(ArticleAuthors)
    .mutation(({ ctx, input }) => inviteCoAuthor(ctx, input)),
  order: authedProcedure({
    cost: 2,
    queries: 6,
    scope: 'articles:write',
    rest: { method: 'PUT', path: '/articles/{articleId}/authors' },
    docs: docs.order,
  })
    .input(OrderAuthors)
    .output(ArticleAuthors)
    .mutation(({ ctx, input }) => orderAuthors(ctx, input)),
  remove: authedProcedure({
    cost: 2,
    queries: 7,
    scope: 'articles:write',
    rest: { method: 'DELETE', path: '/articles/{articleId}/authors/{username}', status: 204 },
    docs: docs.remove,
  })
    .input(CoAuthorByUsername)
    .output(CoAuthorByUsername)
    .mutation(({ ctx, input }) => removeCoAuthor(ctx, input)),
  invitations: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/co-author-invitations' },
    docs: docs.invitations,
  })
    .input(ListCoAuthorInvitations.prefault({}))
    .output(CoAuthorInvitationPage)
    .query(({ ctx, input }) => listCoAuthorInvitations(ctx, input)),
  accept: authedProcedure({
    cost: 2,
    queries: 6,
    scope: 'articles:write',
    rest: { method: 'POST', path: '/me/co-author-invitations/{articleId}/accept' },
    docs: docs.accept,
  })
    .input(AuthorsOfArticle)
    .output(AuthorsOfArticle)
    .mutation(({ ctx, input }) => acceptCoAuthorship(ctx, input)),
})
