import { expect, test } from 'vitest'
import { continuesRevision, type LastRevision, type NextSave, SQUASH_MS } from './policy.ts'

const began = new Date('2026-03-14T08:00:00Z')
const later = (ms: number) => new Date(began.getTime() + ms)

const last: LastRevision = {
  authorId: 'mira',
  version: 3,
  cause: 'saved',
  reason: '',
  wasPublic: false,
  words: 100,
  createdAt: began,
}

const next: NextSave = {
  authorId: 'mira',
  cause: 'saved',
  wasPublic: false,
  words: 110,
  changes: 3,
  at: later(60_000),
}

test.each<[string, Partial<LastRevision>, Partial<NextSave>, boolean]>([
  ['minutes later, by the same author', {}, {}, true],
  ['after the first save of all', { cause: 'created' }, {}, true],
  ['in the same moment', {}, { at: began }, true],
  ['just within ten minutes of the first save', {}, { at: later(SQUASH_MS - 1) }, true],
  ['ten minutes after the first save', {}, { at: later(SQUASH_MS) }, false],
  ['by a clock that goes back', {}, { at: later(-1) }, false],
  ['by somebody else', {}, { authorId: 'tomas' }, false],
  ['after something between', {}, { changes: 4 }, false],
  ['of what readers saw', { wasPublic: true }, {}, false],
  ['of what readers see from now on', {}, { wasPublic: true }, false],
  ['of what was saved for a reason', { reason: 'Done.' }, {}, false],
  ['of what was restored', { cause: 'restored' }, {}, false],
  ['by restoring', {}, { cause: 'restored' }, false],
  ['that leaves half of the text', {}, { words: 50 }, true],
  ['that leaves less than half of the text', {}, { words: 49 }, false],
  ['that deletes all of a long text', {}, { words: 0 }, false],
  ['that deletes a few words', { words: 19 }, { words: 0 }, true],
])('a save %s', (_, ofLast, ofNext, continues) => {
  expect(continuesRevision({ ...last, ...ofLast }, { ...next, ...ofNext })).toBe(continues)
})
