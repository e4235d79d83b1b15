import { Role } from '@galley/contract/platform/users'
import { expect, test } from 'vitest'
import { person } from '../../test/actor.ts'
import type { Actor, UserActor } from '../ctx.ts'
import { canManage, rolesFor, managedUserCan } from './policy.ts'

const user = (role: Role, values: Partial<UserActor['user']> = {}): Actor =>
  person(role, { role, ...values })

const actors: Record<string, Actor> = {
  anonymous: { kind: 'anonymous' },
  reader: user('reader'),
  author: user('author'),
  editor: user('editor'),
  admin: user('admin'),
  'suspended editor': user('editor', { status: 'suspended' }),
  'suspended admin': user('admin', { status: 'suspended' }),
  system: { kind: 'system' },
}
const all = 'reader author editor admin'

// What each may make of another person who is a reader, an author, an editor, an admin.
test.each([
  ['anonymous', '', '', '', ''],
  ['reader', '', '', '', ''],
  ['author', '', '', '', ''],
  ['editor', 'reader author', 'reader author', '', ''],
  ['admin', all, all, all, all],
  ['suspended editor', '', '', '', ''],
  ['suspended admin', '', '', '', ''],
  ['system', '', '', '', ''],
])('AZ7 %s grants: reader "%s", author "%s", editor "%s", admin "%s"', (name, ...expected) => {
  const actor = actors[name] ?? { kind: 'anonymous' }
  const others = Role.options.map((role) => ({ id: 'other', role }))
  expect(others.map((person) => rolesFor(actor, person).join(' '))).toEqual(expected)
  expect(others.map((person) => canManage(actor, person))).toEqual(
    expected.map((roles) => (roles === '' ? 'user/forbidden' : 'ok')),
  )
})

test('AZ7 nobody manages themselves; an admin may step down', () => {
  for (const role of Role.options) {
    const person = { id: role, role }
    expect(canManage(user(role), person)).toBe('user/forbidden')
    expect(rolesFor(user(role), person)).toEqual(role === 'admin' ? Role.options : [])
  }
  expect(rolesFor(user('admin', { status: 'suspended' }), { id: 'admin', role: 'admin' })).toEqual(
    [],
  )
})

test('one suspends the active and restores the suspended', () => {
  const can = (status: 'active' | 'suspended') =>
    managedUserCan(user('editor'), { id: 'other', role: 'author', status, secondFactor: true })
  expect(can('active')).toMatchObject({ suspend: true, restore: false, revokeSessions: true })
  expect(can('suspended')).toMatchObject({ suspend: false, restore: true, revokeSessions: true })
})

test('admins alone reset a second factor, where there is one, and nobody their own', () => {
  const can = (role: Role, secondFactor: boolean, id = 'other') =>
    managedUserCan(user(role), { id, role: 'author', status: 'active', secondFactor })
      .resetSecondFactor
  expect(can('admin', true)).toBe(true)
  expect([can('admin', false), can('editor', true), can('admin', true, 'admin')]).toEqual([
    false,
    false,
    false,
  ])
})
