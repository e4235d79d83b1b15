import { useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { reasonOfConstraint } from '@galley/db/constraints'

const database = useTestDatabase()

type Constraint = { name: string; kind: string }

test('every constraint of the migrated database has a reason', async () => {
  const constraints = await database.sql<Constraint[]>`
    select conname as name, contype as kind from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('f', 'u', 'x', 'c', 'p')
    union
    select relname, 'u' from pg_index join pg_class on pg_class.oid = indexrelid
    where indisunique and not indisprimary and relnamespace = 'public'::regnamespace`
  expect(constraints.length).toBeGreaterThan(40)
  const without = constraints.filter(({ name }) => reasonOfConstraint(name) === undefined)
  expect(without).toEqual([])
  // What a caller's timing can break is never a fault of ours; a hash of 256 bits is not met twice.
  const ours = constraints
    .filter(
      ({ name, kind }) => 'fux'.includes(kind) && reasonOfConstraint(name) === 'server/internal',
    )
    .map(({ name }) => name)
  expect(ours.toSorted()).toEqual([
    'api_tokens_token_hash_key',
    'preview_links_token_hash_key', // publishing
  ])
})

test('a constraint that nobody has thought of has none', () => {
  for (const name of ['', 'gizmos_slug_key', 'gizmos_wheel_id_wheels_id_fk']) {
    expect(reasonOfConstraint(name)).toBeUndefined()
  }
})
