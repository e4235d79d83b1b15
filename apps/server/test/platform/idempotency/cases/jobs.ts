import type { Cases } from '../case.ts'

// There is none: what these do when there is one is tried where jobs are.
const deadLetter = { queue: 'mail.send', id: '0198f0d0-0000-7000-8000-000000000000' }

export const cases: Cases = {
  'jobs.retry': async () => ({ input: deadLetter, status: 404 }),
  'jobs.discard': async () => ({ input: deadLetter, status: 404 }),
}
