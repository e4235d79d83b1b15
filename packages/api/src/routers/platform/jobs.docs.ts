import type { JobView } from '@galley/contract/platform/jobs'
import { describeSlice } from '../../docs.ts'

export const exampleJob: JobView = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b60',
  job: 'articles.rerender',
  status: 'running',
  done: 40,
  total: 80,
  createdAt: '2026-03-20T12:00:00.000Z',
  result: null,
  failureReason: null,
  finishedAt: null,
}

export const docs = describeSlice(
  {
    about: 'Long work that the caller has started: how it goes.',
    fields: {
      sort: 'By when they were started.',
      status: 'Only those in this state.',
      job: 'Only of this kind.',
    },
  },
  {
    get: {
      summary: 'Ask how long work goes',
      description: 'Of a job that the caller has started.',
      refusals: ['job/not-found'],
      examples: [
        {
          summary: 'Half done',
          path: { id: exampleJob.id },
          response: exampleJob,
        },
      ],
    },
    list: {
      summary: 'List your jobs',
      description:
        'Those that you started, last started first; for admins those that admins share too.',
      examples: [
        {
          summary: 'The last one',
          query: { limit: 1 },
          response: { items: [exampleJob], page: { nextCursor: null } },
        },
      ],
    },
  },
)
