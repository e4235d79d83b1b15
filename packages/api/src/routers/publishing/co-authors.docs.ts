import type { ArticleAuthors, CoAuthorInvitation } from '@galley/contract/publishing/co-authors'
import type { ErrorReason } from '@galley/contract/errors'
import { describeSlice } from '../../docs.ts'
import { mira, tomas } from '../platform/users.docs.ts'
import { exampleDraft } from './articles.examples.ts'

const toByline = ({ username, displayName }: { username: string; displayName: string }) => ({
  username,
  displayName,
  avatarUrl: null,
})

const { id: articleId } = exampleDraft

/** Mira's draft; Tomas is invited to it. */
const exampleAuthors: ArticleAuthors = {
  items: [
    {
      ...toByline(mira),
      isAuthor: true,
      state: 'accepted',
      since: '2026-02-01T09:00:00.000Z',
      can: { remove: false },
    },
    {
      ...toByline(tomas),
      isAuthor: false,
      state: 'invited',
      since: '2026-02-02T09:00:00.000Z',
      can: { remove: true },
    },
  ],
  can: { invite: true, order: true },
}

/** An invitation of Mira, to an article of Tomas. */
export const exampleInvitation: CoAuthorInvitation = {
  article: {
    id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b23',
    title: 'Two gauges, one roof',
    description: 'Why they never agree.',
    status: 'draft',
  },
  author: toByline(tomas),
  invitedBy: toByline(tomas),
  invitedAt: '2026-03-16T09:00:00.000Z',
}

const toManage: ErrorReason[] = ['article/not-found', 'article/forbidden']

export const docs = describeSlice(
  {
    about: 'Who writes an article: its author, and those who are invited to write it along.',
    fields: {
      articleId: 'The id of the article.',
      username: 'The username of the person.',
      sort: 'By when the invitation was made.',
    },
  },
  {
    list: {
      summary: 'List the authors of an article',
      description:
        'In the order of the byline, with those whose invitation waits. For those who may edit the article; what readers see is `authors` of the article.',
      refusals: toManage,
      examples: [{ summary: 'Of a draft', path: { articleId }, response: exampleAuthors }],
    },
    invite: {
      summary: 'Invite a person to write an article along',
      description:
        'By the one whose article it is, or an editor. Who accepts may see, change and publish the article, and is named in its byline. May be repeated: the second request changes nothing.',
      refusals: [...toManage, 'co-author/not-a-writer', 'co-author/too-many'],
      examples: [
        {
          summary: 'By username',
          path: { articleId, username: tomas.username },
          response: exampleAuthors,
        },
      ],
    },
    order: {
      summary: 'Change the order of the byline',
      description: 'Names everybody in the list of authors, those who are invited too.',
      refusals: [...toManage, 'co-author/list-changed'],
      examples: [
        {
          summary: 'Another one first',
          path: { articleId },
          body: { usernames: [tomas.username, mira.username] },
          response: { ...exampleAuthors, items: exampleAuthors.items.toReversed() },
        },
      ],
    },
    remove: {
      summary: 'Withdraw an invitation, or take a person off the byline',
      description:
        'By the one whose article it is, or an editor. With your own username you decline an invitation, or leave the byline.',
      refusals: [...toManage, 'co-author/not-found', 'co-author/is-author'],
      examples: [{ summary: 'By username', path: { articleId, username: tomas.username } }],
    },
    invitations: {
      summary: 'List what you are invited to write along',
      description: 'Invitations that wait for you, last made first by default.',
      examples: [
        {
          summary: 'The last ones',
          query: { limit: 10 },
          response: { items: [exampleInvitation], page: { nextCursor: null } },
        },
      ],
    },
    accept: {
      summary: 'Accept an invitation',
      description: 'May be repeated. To decline, delete yourself from the authors of the article.',
      refusals: ['co-author/not-invited', 'article/forbidden'],
      examples: [
        {
          summary: 'By the id of the article',
          path: { articleId: exampleInvitation.article.id },
          response: { articleId: exampleInvitation.article.id },
        },
      ],
    },
  },
)
