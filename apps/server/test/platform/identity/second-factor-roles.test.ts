import { describe, expect, test } from 'vitest'
import { requireSecondFactorsOfAll } from '@galley/platform/users/second-factor-policy'
import { operatorCtx } from '../../../src/cli/command.ts'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'

const on = useApp({ SECOND_FACTOR_ROLES: 'editor,admin', SECOND_FACTOR_GRACE_DAYS: '3' })

const reasonOf = (response: { json(): { error?: { data: { reason: string } } } }) =>
  response.json().error?.data.reason ?? 'done'

/** An editor whose second factor is due in so many days. */
async function editorDueIn(days: number) {
  const secondFactorDueAt = new Date(Date.now() + days * 86_400_000)
  const person = await signUp(on, { role: 'editor', secondFactorDueAt })
  const get = async (path: string) =>
    on.app.inject({ url: `/trpc/${path}`, headers: person.asBrowser })
  const post = (path: string, input: object) => on.post(`/trpc/${path}`, input, person.asBrowser)
  return { person, get, post }
}

describe('a role that needs a second factor', () => {
  test('gives its rights until the factor is due, and says when that is', async () => {
    const { get, person } = await editorDueIn(1)
    const { user } = (await get('sessions.current')).json().result.data
    expect(user).toMatchObject({
      role: 'editor',
      secondFactorDue: person.secondFactorDueAt?.toISOString(),
    })
    expect(reasonOf(await get('users.list?input={}'))).toBe('done')
  })

  test('gives none of them after that: the person reads as a reader, and sets the factor up', async () => {
    const { get, post } = await editorDueIn(-1)
    const { user } = (await get('sessions.current')).json().result.data
    expect(user).toMatchObject({ role: 'reader', can: { write: false, manageUsers: false } })
    expect(reasonOf(await get('users.list?input={}'))).toBe('second-factor/required')
    const profile = await post('users.updateProfile', { bio: 'New.' })
    expect(reasonOf(profile)).toBe('second-factor/required')
    expect(reasonOf(await get('jobs.list?input={}'))).toBe('done')
    expect(reasonOf(await post('credentials.startTotp', {}))).toBe('done')
    expect(reasonOf(await post('credentials.confirmTotp', { code: '000000' }))).toBe(
      'totp/wrong-code',
    )
    expect(reasonOf(await post('sessions.revokeOthers', {}))).toBe('done')
  })

  test('gives none of them to programs either', async () => {
    const { person } = await editorDueIn(-1)
    const { token, hash } = on.deps.domain.bearerTokens.newApiToken()
    await on.database.sql`
      insert into api_tokens (id, user_id, name, token_hash, hint, scopes, expires_at)
      values (gen_random_uuid(), ${person.id}, 'a program', ${hash}, 'abcd',
        ${['profile:read', 'profile:write']}, now() + interval '1 day')`
    const headers = { authorization: `Bearer ${token}` }
    const me = await on.app.inject({ url: '/api/v1/me', headers })
    expect(me.json().user).toMatchObject({ role: 'reader' })
    const changed = await on.app.inject({
      method: 'PATCH',
      url: '/api/v1/me',
      headers,
      payload: { bio: 'New.' },
    })
    expect(changed.json().reason).toBe('second-factor/required')
  })

  test('is set by the environment: the hourly job gives the days of grace', async () => {
    const person = await signUp(on, { role: 'editor' })
    const { domain } = on.deps
    await requireSecondFactorsOfAll(operatorCtx(domain))
    const [row] = await on.database.sql`
      select extract(epoch from second_factor_due_at - now()) / 86400 as days
      from users where id = ${person.id}`
    expect(Number(row?.days)).toBeCloseTo(3, 1)
  })
})
