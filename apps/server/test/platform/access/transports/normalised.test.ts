import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { normalised } from './normalised.ts'

const about = (id: string, username: string, at = new Date()) =>
  normalised(
    JSON.stringify([
      { id, username, at },
      { authorOf: id, title: 'Article 7' },
    ]),
  )

test('ids, names and moments may differ, but not which is which', () => {
  const [id, other] = [randomUUID(), randomUUID()]
  expect(about(id, 'person-1')).toBe(about(other, 'person-12', new Date(0)))
  const swapped = JSON.stringify([{ id, username: 'person-1', at: null }, { authorOf: other }])
  expect(normalised(swapped)).not.toBe(normalised(swapped.replace(other, id)))
})

test('all else is compared as it stands', () => {
  expect(normalised('{"slug":"new-2","title":"New"}')).toBe('{"slug":"#1","title":"New"}')
  const text = '{"status":"draft","version":2,"title":"New title","editedAt":null}'
  expect(normalised(text)).toBe(text)
})
