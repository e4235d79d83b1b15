import { expect, test } from 'vitest'
import { person } from '@galley/platform/test/actor'
import type { Actor, UserActor } from '@galley/platform/ctx'
import { isAllowed } from '@galley/platform/errors'
import {
  articleCan,
  canComment,
  canCreateArticle,
  canDecideReview,
  canEditArticle,
  canManageArticle,
  canPublishArticle,
  canReadSource,
  canRequestReview,
  canRespond,
  canRestore,
  canSeeArticle,
  canShareDraft,
  canUnpublishArticle,
  canUnschedule,
  type Status,
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

// s see, e edit, d delete and say who writes it, p publish, u unpublish, c comment and favour, k close
// comments, r request a review, w withdraw it, v decide it,
// n add notes, t set a time, o take it back, a archive, z unarchive, x restore
type Row = [actor: string, ...lettersByStatus: string[]]
const statuses = ['draft', 'in_review', 'scheduled', 'published', 'archived', 'trashed'] as const
const rows: Row[] = [
  ['anonymous', '', '', '', 's', 's', ''],
  ['reader', '', '', '', 'sc', 's', ''],
  ['owner', 'sedpkrt', 'sedkwn', 'sedpkto', 'seduckta', 'sedkz', 'x'],
  ['suspended owner', 's', 's', 's', 's', 's', ''],
  ['owner as reader', 'sedk', 'sedkwn', 's', 'sc', 's', 'x'],
  ['other author', '', '', '', 'sc', 's', ''],
  ['co-author', 'sepkrt', 'sekwn', 'sepkto', 'seuckta', 'sekz', ''],
  ['suspended co-author', 's', 's', 's', 's', 's', ''],
  ['co-author as reader', 'sek', 'sekwn', 's', 'sc', 's', ''],
  ['editor', 'sedpkrt', 'sedkwvn', 'sedpkto', 'seduckta', 'sedkz', 'x'],
  ['suspended editor', 's', 's', 's', 's', 's', ''],
  ['admin', 'sedpkrt', 'sedkwvn', 'sedpkto', 'seduckta', 'sedkz', 'x'],
]

test.each(rows)(
  '%s: draft "%s", in review "%s", scheduled "%s", published "%s", archived "%s", in the trash "%s"',
  (name, ...expected) => {
    const actor = actors[name] ?? { kind: 'anonymous' }
    expect(statuses.map((status) => letters(actor, status))).toEqual(expected)
  },
)

test('readers, the suspended and the signed-out write no articles', () => {
  const may = Object.entries(actors).flatMap(([name, actor]) =>
    isAllowed(canCreateArticle(actor)) ? [name] : [],
  )
  expect(may).toEqual(['owner', 'other author', 'co-author', 'editor', 'admin'])
})

const rules = { reviewRequired: false, openSince: null }

type Reasons = [
  actor: string,
  policy: typeof canPublishArticle,
  expected: Partial<Record<Status, string>>,
]
const reasons: Reasons[] = [
  ['anonymous', canEditArticle, { draft: 'article/not-found', published: 'session/required' }],
  ['other author', canEditArticle, { draft: 'article/not-found', published: 'article/forbidden' }],
  ['suspended owner', canEditArticle, { draft: 'user/suspended', published: 'user/suspended' }],
  ['owner as reader', canEditArticle, { in_review: 'ok', scheduled: 'article/forbidden' }],
  [
    'suspended owner',
    canReadSource,
    { draft: 'article/forbidden', published: 'article/forbidden' },
  ],
  ['other author', canReadSource, { draft: 'article/not-found', published: 'article/forbidden' }],
  ['owner as reader', canPublishArticle, { draft: 'article/forbidden' }],
  ['owner', canPublishArticle, { in_review: 'article/in-review', scheduled: 'ok' }],
  ['owner', canPublishArticle, { published: 'article/already-published' }],
  ['owner', canPublishArticle, { archived: 'article/archived', trashed: 'article/not-found' }],
  [
    'owner',
    canUnpublishArticle,
    { draft: 'article/not-published', scheduled: 'article/not-published' },
  ],
  ['owner', canUnpublishArticle, { archived: 'article/archived' }],
  ['owner', canRequestReview, { in_review: 'article/in-review', published: 'article/not-a-draft' }],
  ['owner', canDecideReview, { in_review: 'article/forbidden', draft: 'article/forbidden' }],
  ['editor', canDecideReview, { draft: 'article/not-in-review', trashed: 'article/not-found' }],
  ['co-author', canManageArticle, { draft: 'article/forbidden', published: 'article/forbidden' }],
  [
    'other author',
    canManageArticle,
    { draft: 'article/not-found', published: 'article/forbidden' },
  ],
  [
    'co-author',
    canShareDraft,
    { draft: 'ok', scheduled: 'ok', published: 'article/already-published' },
  ],
  ['co-author', canShareDraft, { archived: 'article/already-published' }],
  ['other author', canShareDraft, { draft: 'article/not-found', published: 'article/forbidden' }],
  ['other author', canRespond, { draft: 'article/not-found', published: 'ok' }],
  ['owner', canRespond, { draft: 'article/not-published', archived: 'article/not-published' }],
  ['suspended editor', canRespond, { published: 'user/suspended' }],
  ['other author', canRestore, { trashed: 'article/not-found' }],
  ['suspended owner', canRestore, { trashed: 'user/suspended', draft: 'article/not-found' }],
]

test('where a review is required authors publish nothing by themselves, and editors do', () => {
  const strict = { ...rules, reviewRequired: true }
  const draft = { ...byline, status: 'draft' } as const
  const decided = Object.entries({ ...actors }).map(([name, actor]) => [
    name,
    canPublishArticle(actor, draft, strict),
  ])
  expect(Object.fromEntries(decided)).toMatchObject({
    owner: 'article/review-required',
    'co-author': 'article/review-required',
    'owner as reader': 'article/forbidden',
    'other author': 'article/not-found',
    editor: 'ok',
    admin: 'ok',
  })
})

test.each(reasons)('%s, %o: %o', (name, policy, expected) => {
  const actor = actors[name] ?? { kind: 'anonymous' }
  const asked = statuses.filter((status) => expected[status] !== undefined)
  const found = asked.map((status) => [status, policy(actor, { ...byline, status }, rules)])
  expect(Object.fromEntries(found)).toEqual(expected)
})

test('a closed article takes no comment of anybody, and favourites still', () => {
  const article = {
    ...byline,
    status: 'published',
    commentsClosed: true,
    publishedAt: null,
    scheduledAt: null,
  } as const
  for (const name of ['reader', 'owner', 'admin']) {
    const actor = actors[name] ?? { kind: 'anonymous' }
    expect(canComment(actor, article, rules)).toBe('article/comments-closed')
    expect(articleCan(actor, article, rules)).toMatchObject({ comment: false, favourite: true })
  }
  const draft = { ...article, status: 'draft' } as const
  expect(canComment(user({}), draft, rules)).toBe('article/not-found')
})

test('what was published too long ago takes no comments', () => {
  const publishedAt = new Date('2026-01-01T00:00:00Z')
  const article = { ...byline, status: 'published', commentsClosed: false, publishedAt } as const
  const openSince = (date: string) => ({ openSince: new Date(date) })
  expect(canComment(user({}), article, openSince('2025-12-31'))).toBe('ok')
  expect(canComment(user({}), article, openSince('2026-01-02'))).toBe('article/comments-closed')
  const anytime = { ...article, publishedAt: null }
  expect(canComment(user({}), anytime, openSince('2026-01-02'))).toBe('ok')
})

const scheduledAt = new Date('2026-10-15T06:00:00Z')

test('a time can be taken back of what has one', () => {
  const owner = user({ id: authorId })
  const out = { ...byline, status: 'published' } as const
  expect(canUnschedule(owner, { ...out, scheduledAt })).toBe('ok')
  expect(canUnschedule(owner, { ...out, scheduledAt: null })).toBe('article/not-scheduled')
})

function letters(actor: Actor, status: Status) {
  const article = {
    ...byline,
    status,
    commentsClosed: false,
    publishedAt: null,
    scheduledAt: status === 'scheduled' ? scheduledAt : null,
  }
  const can = articleCan(actor, article, rules)
  expect(can.delete).toBe(can.manageAuthors)
  expect(can.favourite).toBe(can.comment)
  const letterByAct = {
    edit: 'e',
    delete: 'd',
    publish: 'p',
    unpublish: 'u',
    comment: 'c',
    closeComments: 'k',
    requestReview: 'r',
    withdrawReview: 'w',
    decideReview: 'v',
    annotate: 'n',
    schedulePublish: 't',
    scheduleUnpublish: 't',
    unschedule: 'o',
    archive: 'a',
    unarchive: 'z',
  } as const
  const acts = Object.entries(letterByAct).flatMap(([act, letter]) =>
    can[act as keyof typeof can] ? [letter] : [],
  )
  const sees = isAllowed(canSeeArticle(actor, article)) ? 's' : ''
  return sees + acts.join('') + (isAllowed(canRestore(actor, article)) ? 'x' : '')
}
