import type { AppDeps } from '@galley/api/ctx'
import type { SessionUser } from '@galley/auth/sessions'
import type { Tx } from '@galley/db/client'
import { credentials, users } from '@galley/db/schema'
import { demoPassword, emailOf, people } from './people.ts'
import { seedPublication } from './publishing/seed-publication.ts'

/** What one part of the product adds to the people, in the transaction that adds them. */
type SeedPart = (
  deps: AppDeps,
  tx: Tx,
  personByUsername: ReadonlyMap<string, SessionUser>,
) => Promise<void>

const parts: SeedPart[] = [seedPublication]

/** When everybody signed up. */
const opened = new Date('2025-11-24T09:00:00Z')

/** Fills an empty database for a demonstration, all or nothing; the same at every run. */
export async function seed(deps: AppDeps): Promise<{ seeded: boolean }> {
  if ((await deps.db.$count(users)) > 0) return { seeded: false }
  return deps.db.transaction(async (tx) => {
    const personByUsername = await addPeople(deps, tx)
    for (const add of parts) await add(deps, tx, personByUsername)
    return { seeded: true }
  })
}

async function addPeople(deps: AppDeps, tx: Tx) {
  const passwordHash = await deps.passwords.hash(demoPassword)
  const values = people.map((person) => ({
    ...person,
    email: emailOf(person.username),
    emailVerifiedAt: opened,
    createdAt: opened,
    updatedAt: opened,
  }))
  const rows = await tx.insert(users).values(values).returning()
  await tx
    .insert(credentials)
    .values(rows.map((row) => ({ userId: row.id, passwordHash, updatedAt: opened })))
  return new Map(rows.map((row) => [row.username, row]))
}
