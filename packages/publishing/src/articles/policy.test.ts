import { expect, test } from 'vitest'
import { person } from '@galley/platform/test/actor'
import type { Actor, UserActor } from '@galley/platform/ctx'
import { isAllowed } from '@galley/platform/errors'
import {
  articleCan,
  canComment,
  canCreateArticle,
  canEditArticle,
  canManageArticle,
  canPublishArticle,
  canReadSource,
  canRespond,
  canSeeArticle,
  canShareDraft,
  canUnpublishArticle,
} from './policy.ts'

const authorId = '01900000-0000-7000-8000-000000000001'
const coAuthorId = '01900000-0000-7000-8000-000000000002'
const byline = { authorId, bylineIds: [coAuthorId, authorId] }
const user = ({ id = 'someone', ...values }: Partial<UserActor['user']>): Actor =>
  person(id, values)

const actors: Record<string, Actor> = {
  anonymous: { kind: 'anonymous' },
  reader: user({ role: 'reader' }),
  owner: user({ id: authorId }),
  'suspended owner': user({ id: authorId, status: 'suspended' }),
  'owner as reader': user({ id: authorId, role: 'reader' }),
  'other author': user({}),
  'co-author': user({ id: coAuthorId }),
  'suspended co-author': user({ id: coAuthorId, status: 'suspended' }),
  'co-author as reader': user({ id: coAuthorId, role: 'reader' }),
  editor: user({ role: 'editor' }),
  'suspended editor': user({ role: 'editor', status: 'suspended' }),
  admin: user({ role: 'admin' }),
}

// s see, e edit, p publish, u unpublish, d delete, m manage authors, c comment, x close comments, f favourite
const rows: [actor: string, draft: string, published: string][] = [
  ['anonymous', '', 's'],
  ['reader', '', 'scf'],
  ['owner', 'sepdmx', 'seudmcxf'],
  ['suspended owner', 's', 's'],
  ['owner as reader', 'sedmx', 'scf'],
  ['other author', '', 'scf'],
  ['co-author', 'sepx', 'seucxf'],
  ['suspended co-author', 's', 's'],
  ['co-author as reader', 'sex', 'scf'],
  ['editor', 'sepdmx', 'seudmcxf'],
  ['suspended editor', 's', 's'],
  ['admin', 'sepdmx', 'seudmcxf'],
]

test.each(rows)('%s: draft "%s", published "%s"', (name, draft, published) => {
  const actor = actors[name] ?? { kind: 'anonymous' }
  expect(letters(actor, 'draft')).toBe(draft)
  expect(letters(actor, 'published')).toBe(published)
})

test('readers, the suspended and the signed-out write no articles', () => {
  const may = Object.entries(actors).flatMap(([name, actor]) =>
    isAllowed(canCreateArticle(actor)) ? [name] : [],
  )
  expect(may).toEqual(['owner', 'other author', 'co-author', 'editor', 'admin'])
})

const reasons: [actor: string, policy: typeof canEditArticle, draft: string, published: string][] =
  [
    ['anonymous', canEditArticle, 'article/not-found', 'session/required'],
    ['other author', canEditArticle, 'article/not-found', 'article/forbidden'],
    ['suspended owner', canEditArticle, 'user/suspended', 'user/suspended'],
    ['owner as reader', canEditArticle, 'ok', 'article/forbidden'],
    ['suspended owner', canReadSource, 'article/forbidden', 'article/forbidden'],
    ['other author', canReadSource, 'article/not-found', 'article/forbidden'],
    ['owner as reader', canPublishArticle, 'article/forbidden', 'article/forbidden'],
    ['owner', canPublishArticle, 'ok', 'article/already-published'],
    ['owner', canUnpublishArticle, 'article/not-published', 'ok'],
    ['co-author', canManageArticle, 'article/forbidden', 'article/forbidden'],
    ['other author', canManageArticle, 'article/not-found', 'article/forbidden'],
    ['co-author', canShareDraft, 'ok', 'article/already-published'],
    ['other author', canShareDraft, 'article/not-found', 'article/forbidden'],
    ['other author', canRespond, 'article/not-found', 'ok'],
    ['owner', canRespond, 'article/not-published', 'ok'],
    ['suspended editor', canRespond, 'user/suspended', 'user/suspended'],
  ]

test.each(reasons)('%s, %o: draft %s, published %s', (name, policy, draft, published) => {
  const actor = actors[name] ?? { kind: 'anonymous' }
  expect(policy(actor, { ...byline, status: 'draft' })).toBe(draft)
  expect(policy(actor, { ...byline, status: 'published' })).toBe(published)
})

test('a closed article takes no comment of anybody, and favourites still', () => {
  const article = { ...byline, status: 'published', commentsClosed: true } as const
  for (const name of ['reader', 'owner', 'admin']) {
    const actor = actors[name] ?? { kind: 'anonymous' }
    expect(canComment(actor, article)).toBe('article/comments-closed')
    expect(articleCan(actor, article)).toMatchObject({ comment: false, favourite: true })
  }
  const draft = { ...article, status: 'draft' } as const
  expect(canComment(user({}), draft)).toBe('article/not-found')
})

function letters(actor: Actor, status: 'draft' | 'published') {
  const article = { ...byline, status, commentsClosed: false }
  const can = articleCan(actor, article)
  const letterByAct = {
    edit: 'e',
    publish: 'p',
    unpublish: 'u',
    delete: 'd',
    manageAuthors: 'm',
    comment: 'c',
    closeComments: 'x',
    favourite: 'f',
  } as const
  const acts = Object.entries(letterByAct).flatMap(([act, letter]) =>
    can[act as keyof typeof can] ? [letter] : [],
  )
  return (isAllowed(canSeeArticle(actor, article)) ? 's' : '') + acts.join('')
}
