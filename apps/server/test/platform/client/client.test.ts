import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { type TypedClient, useTypedClients } from './typed-clients.ts'

const { newClient, join } = await useTypedClients()

test('an account is created, read, changed and signed out of', async () => {
  const grace = newClient()
  await join(grace, 'grace')
  const [{ user }, jobs, site] = await Promise.all([
    grace.sessions.current.query(),
    grace.jobs.list.query({ total: true }),
    newClient().site.get.query(),
  ])
  expect(user?.username).toBe('grace')
  expect(jobs).toEqual({ items: [], page: { nextCursor: null, total: 0 } })
  expect(site.signUp).toBe('readers')

  const changed = await grace.users.updateProfile.mutate({ bio: 'Builds engines.' })
  expect(changed).toMatchObject({ username: 'grace', bio: 'Builds engines.' })

  await grace.sessions.delete.mutate()
  expect((await grace.sessions.current.query()).user).toBeNull()
  const refusal = await grace.users.updateProfile
    .mutate({ bio: 'Too late.' })
    .catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(TRPCClientError)
  expect(refusal).toMatchObject({ data: { code: 'UNAUTHORIZED', reason: 'session/required' } })
}, 60_000)

test('an error before tRPC reaches the typed client in the same shape', async () => {
  const client = newClient()
  const refusal = await client.jobs.get
    .query({ id: 'x'.repeat(9000) })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    data: { code: 'PAYLOAD_TOO_LARGE', reason: 'request/too-large', httpStatus: 414 },
  })
})

/** Never called: what must not compile, does not. */
export function wrongCalls(client: TypedClient) {
  // @ts-expect-error no such field
  void client.jobs.get.query({ idd: 'x' })
  // @ts-expect-error no such procedure
  void client.jobs.gett.query({ id: 'x' })
  // @ts-expect-error a query is no mutation
  void client.jobs.get.mutate({ id: 'x' })
  void client.site.get.query().then((site) => {
    const name: string = site.name
    // @ts-expect-error the output has no such field
    return [name, site.smtpUrl]
  })
}
