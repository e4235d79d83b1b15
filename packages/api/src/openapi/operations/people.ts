import { exampleSummary, exampleUser } from '../example-answers.ts'
import { ids, mira, tomas } from '../example-world.ts'
import type { OperationText } from '../operation-text.ts'

/** Who one is, whom one follows, and what comes of it. */
export const people: Record<string, OperationText> = {
  'site.get': {
    summary: 'Read the settings of the site',
    description:
      'What the publication calls itself, and who may make an account: `open`, everybody, as an author; `readers`, everybody, as a reader; `invite`, who was invited; `closed`, nobody.',
    examples: [
      {
        summary: 'Anybody',
        answer: {
          name: 'Galley',
          description: 'Essays and notes on how things are made, and how they hold up.',
          language: 'en',
          links: [],
          signUp: 'readers',
        },
      },
    ],
  },
  'sessions.current': {
    summary: 'See who you are',
    description: '`user` is null when signed out.',
    examples: [{ summary: 'Signed in', answer: { user: exampleUser } }],
  },
  'users.byUsername': {
    summary: 'Read the page of a person',
    description: 'As the caller sees it.',
    refusals: ['user/not-found'],
    examples: [
      {
        summary: 'By username',
        path: { username: tomas.username },
        answer: {
          ...tomas,
          bio: 'Measures rain.',
          createdAt: '2026-01-10T07:00:00.000Z',
          articleCount: 1,
          followerCount: 1,
          followedCount: 0,
          following: true,
          can: { follow: true, edit: false },
        },
      },
    ],
  },
  'users.updateProfile': {
    summary: 'Change your profile',
    description: 'Fields that are not sent stay.',
    refusals: ['user/username-taken'],
    examples: [
      {
        summary: 'Another text',
        body: { bio: 'Writes about orchards and rain.' },
        answer: { ...exampleUser, bio: 'Writes about orchards and rain.' },
      },
    ],
  },
  'follows.create': {
    summary: 'Follow a person',
    description: 'May be repeated: the second request changes nothing and answers the same.',
    refusals: ['user/not-found', 'follow/self'],
    examples: [
      {
        summary: 'By username',
        path: { username: tomas.username },
        answer: { username: tomas.username, following: true, followerCount: 1 },
      },
    ],
  },
  'follows.delete': {
    summary: 'Follow a person no more',
    description: 'May be repeated.',
    refusals: ['user/not-found', 'follow/self'],
    examples: [{ summary: 'By username', path: { username: tomas.username } }],
  },
  'feed.list': {
    summary: 'List articles of the people you follow',
    description: 'Newest first.',
    examples: [
      {
        summary: 'The last ten',
        query: { limit: 10 },
        answer: { items: [exampleSummary], page: { nextCursor: null } },
      },
    ],
  },
  'follows.followers': {
    summary: 'List who follows a person',
    description: 'Last added first.',
    refusals: ['user/not-found'],
    examples: [
      {
        summary: 'By username',
        path: { username: tomas.username },
        answer: {
          items: [
            {
              username: mira.username,
              displayName: mira.displayName,
              bio: exampleUser.bio,
              following: false,
              can: { follow: false },
            },
          ],
          page: { nextCursor: null },
        },
      },
    ],
  },
  'follows.following': {
    summary: 'List whom a person follows',
    description: 'Last added first.',
    refusals: ['user/not-found'],
    examples: [
      {
        summary: 'By username',
        path: { username: mira.username },
        answer: {
          items: [{ ...tomas, bio: 'Measures rain.', following: true, can: { follow: true } }],
          page: { nextCursor: null },
        },
      },
    ],
  },
  'favourites.list': {
    summary: 'List your favourites',
    description: 'Last added first. Articles that were taken back are left out.',
    examples: [
      {
        summary: 'The last ten',
        query: { limit: 10 },
        answer: {
          items: [{ ...exampleSummary, favourited: true, favouriteCount: 1 }],
          page: { nextCursor: null },
        },
      },
    ],
  },
  'favourites.create': {
    summary: 'Keep an article among your favourites',
    description: 'May be repeated: the second request changes nothing and answers the same.',
    refusals: ['article/not-found', 'article/not-published'],
    examples: [
      {
        summary: 'By id',
        path: { articleId: ids.articleOfTomas },
        answer: { articleId: ids.articleOfTomas, favourited: true, favouriteCount: 1 },
      },
    ],
  },
  'favourites.delete': {
    summary: 'Take an article from your favourites',
    description: 'May be repeated.',
    refusals: ['article/not-found', 'article/not-published'],
    examples: [{ summary: 'By id', path: { articleId: ids.articleOfTomas } }],
  },
}

/** What else there is to read. */
export const others: Record<string, OperationText> = {
  'tags.list': {
    summary: 'List tags',
    description: 'The most used first, with the number of published articles that carry each.',
    examples: [
      {
        summary: 'The first ten',
        query: { limit: 10 },
        answer: {
          items: [{ slug: 'gardens', articleCount: 2 }],
          page: { nextCursor: null },
        },
      },
    ],
  },
  'tags.bySlug': {
    summary: 'Read a tag',
    description: 'One that published articles carry.',
    refusals: ['tag/not-found'],
    examples: [
      {
        summary: 'By its name',
        path: { slug: 'gardens' },
        answer: { slug: 'gardens', articleCount: 2 },
      },
    ],
  },
  'jobs.get': {
    summary: 'Ask how long work goes',
    description: 'Of a job that the caller has started.',
    refusals: ['job/not-found'],
    examples: [
      {
        summary: 'Half done',
        path: { id: ids.job },
        answer: {
          id: ids.job,
          job: 'articles.rerender',
          status: 'running',
          done: 40,
          total: 80,
          createdAt: '2026-03-20T12:00:00.000Z',
          result: null,
          failureReason: null,
          finishedAt: null,
        },
      },
    ],
  },
  'jobs.list': {
    summary: 'List your jobs',
    description:
      'Those that you started, last started first; for admins those that admins share too.',
    examples: [
      {
        summary: 'The last one',
        query: { limit: 1 },
        answer: {
          items: [
            {
              id: ids.job,
              job: 'articles.rerender',
              status: 'running',
              done: 40,
              total: 80,
              createdAt: '2026-03-20T12:00:00.000Z',
              result: null,
              failureReason: null,
              finishedAt: null,
            },
          ],
          page: { nextCursor: null },
        },
      },
    ],
  },
}
