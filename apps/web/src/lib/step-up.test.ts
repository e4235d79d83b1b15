import type { AppRouter } from '@galley/api/root'
import { createTRPCClient, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { expect, test, vi } from 'vitest'
import { failedCall } from './failed-call.fixture.ts'
import { askForStepUp, stepUp, stepUpLink } from './step-up.ts'

/** A server that responds to each call with the next of these: an error is a refusal. */
function clientOf(responses: unknown[], ask: () => Promise<boolean>) {
  const paths: string[] = []
  const server: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        paths.push(op.path)
        const response = responses.shift()
        if (response instanceof Error) observer.error(failedCallOf(response))
        else {
          observer.next({ result: { data: response } })
          observer.complete()
        }
      })
  const client = createTRPCClient<AppRouter>({ links: [stepUpLink(ask), server] })
  return { client, paths }
}

const failedCallOf = (error: Error) => error as ReturnType<typeof failedCall>
const refusal = () => failedCall('session/step-up-required')

test('a refused mutation is repeated once the person confirmed', async () => {
  const ask = vi.fn<() => Promise<boolean>>(async () => true)
  const { client, paths } = clientOf([refusal(), { accepted: true }], ask)
  await expect(client.credentials.deleteTotp.mutate()).resolves.toEqual({ accepted: true })
  expect(paths).toEqual(['credentials.deleteTotp', 'credentials.deleteTotp'])
  expect(ask).toHaveBeenCalledTimes(1)
})

test('it fails as it was refused when the person did not confirm', async () => {
  const { client, paths } = clientOf([refusal()], async () => false)
  await expect(client.credentials.deleteTotp.mutate()).rejects.toMatchObject({
    data: { reason: 'session/step-up-required' },
  })
  expect(paths).toHaveLength(1)
})

test('it is not asked twice for one mutation, nor repeated for ever', async () => {
  const ask = vi.fn<() => Promise<boolean>>(async () => true)
  const { client, paths } = clientOf([refusal(), refusal(), 'never'], ask)
  await expect(client.credentials.deleteTotp.mutate()).rejects.toMatchObject({
    data: { reason: 'session/step-up-required' },
  })
  expect(paths).toHaveLength(2)
  expect(ask).toHaveBeenCalledTimes(1)
})

test('another refusal and another kind of call ask nothing', async () => {
  const ask = vi.fn<() => Promise<boolean>>(async () => true)
  const { client } = clientOf([failedCall('totp/off'), refusal()], ask)
  await expect(client.credentials.deleteTotp.mutate()).rejects.toMatchObject({
    data: { reason: 'totp/off' },
  })
  await expect(client.sessions.list.query()).rejects.toMatchObject({
    data: { reason: 'session/step-up-required' },
  })
  expect(ask).not.toHaveBeenCalled()
})

test('calls that are refused together share one question', async () => {
  const { client, paths } = clientOf([refusal(), refusal(), 'one', 'two'], askForStepUp)
  const both = Promise.all([
    client.credentials.deleteTotp.mutate(),
    client.credentials.startTotp.mutate(),
  ])
  await expect.poll(() => paths).toHaveLength(2)
  expect(stepUp.isAsked()).toBe(true)
  stepUp.settle(true)
  expect(stepUp.isAsked()).toBe(false)
  await both
  expect(paths).toHaveLength(4)
})
