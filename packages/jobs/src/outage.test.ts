import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutage } from './outage.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function start() {
  const lines: [string, unknown][] = []
  const write = (details: object, message: string) =>
    void lines.push([message, Reflect.get(details, 'err')])
  let isUp = false
  const look = async () => {
    if (!isUp) throw new Error('still off')
  }
  const outage = createOutage({ info: write, warn: write, error: write }, look, 1_000)
  return {
    outage,
    lines,
    messages: () => lines.map(([message]) => message),
    comeBack: () => (isUp = true),
  }
}

/** As pg-boss hands an error on. */
const refused = { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED', queue: 'letters' }

test('each loss of the database is one line with its cause, and its return another', async () => {
  const { outage, lines, messages, comeBack } = start()
  for (let n = 0; n < 100; n += 1) outage.failed(refused)
  await vi.advanceTimersByTimeAsync(10_000)
  outage.failed(refused)
  expect(messages()).toEqual(['job queue lost its database'])
  const [, cause] = lines[0] ?? []
  expect(cause).toBeInstanceOf(Error)
  expect(cause).toMatchObject(refused)

  comeBack()
  await vi.advanceTimersByTimeAsync(1_000)
  outage.failed(refused)
  expect(messages()).toEqual([
    'job queue lost its database',
    'job queue has its database again',
    'job queue lost its database',
  ])
  outage.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('a lost connection that has no error code is one too', () => {
  const { outage, messages } = start()
  const message = 'timeout exceeded when trying to connect (Queue: letters, Worker: 1)'
  for (let n = 0; n < 100; n += 1) outage.failed({ message, queue: 'letters' })
  expect(messages()).toEqual(['job queue lost its database'])
  outage.stop()
})

test('what is no loss of the database is logged each time, as an error', () => {
  const { outage, lines } = start()
  outage.failed({ message: 'relation does not exist', code: '42P01' })
  outage.failed(new Error('another'))
  outage.failed('words')
  expect(lines).toEqual([
    ['job queue failed', expect.objectContaining({ code: '42P01' })],
    ['job queue failed', new Error('another')],
    ['job queue failed', new Error('words')],
  ])
})
