import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { call, credentialsOf } from './call.ts'
import { callers } from './callers.ts'
import { matrix } from './matrix.ts'
import { procedureOf, procedures } from './procedures.ts'
import { createWorld } from './world.ts'

const app = useApp({ LOG_LEVEL: 'silent' })

test('SE7 what is sensitive needs a recent sign-in', () => {
  const fresh = [...procedures.values()].filter((procedure) => procedure.fresh)
  expect(fresh.map(({ path }) => path).toSorted()).toMatchInlineSnapshot(`
    [
      "credentials.confirmTotp",
      "credentials.createRecoveryCodes",
      "credentials.deleteTotp",
      "credentials.finishReview",
      "credentials.setPassword",
      "credentials.startTotp",
      "identities.delete",
      "passkeys.create",
      "passkeys.delete",
      "passkeys.startRegistration",
      "tokens.create",
      "users.requestEmailChange",
      "users.resetSecondFactor",
      "users.setRole",
    ]
  `)
})

const rows = matrix.filter(({ procedure }) => procedureOf(procedure).fresh)
const firstOfEach = [...Map.groupBy(rows, ({ procedure }) => procedure).values()].flatMap(
  ([row]) => row ?? [],
)

test.each(firstOfEach.map((row) => [row.procedure, row] as const))(
  'SE7 %s is refused eleven minutes after the sign-in',
  async (path, row) => {
    const world = await createWorld(app.database.db, callers.admin)
    const input = await row.input?.(world)
    const headers = await credentialsOf(app, 'admin', { user: world.caller, scope: null })
    await app.database.sql`
      update sessions set authenticated_at = now() - interval '11 minutes' where user_id = ${world.caller.id}`
    const { outcome } = await call(app, procedureOf(path), input, headers)
    expect(outcome).toBe('session/step-up-required')
  },
)
