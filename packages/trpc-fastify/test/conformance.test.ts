import { afterAll, describe, expect, test } from 'vitest'
import { optionsOf } from './options.ts'
import { send } from './raw.ts'
import { bad } from './requests/bad.ts'
import type { Case } from './requests/build.ts'
import { good } from './requests/good.ts'
import { hostile } from './requests/hostile.ts'
import { useBoth } from './servers.ts'
import { type Setup, setups } from './setups.ts'

const requests = [...good, ...bad, ...hostile]

// tRPC's own handler sends each answer in chunks.
let answeredHere = 0
afterAll(() => {
  expect(answeredHere).toBeGreaterThanOrEqual(200)
})

describe.each(Object.keys(setups) as Setup[])('with the options "%s"', (setup) => {
  const both = useBoth((told) => optionsOf(told, setups[setup](told)))
  const cases = requests.filter((request) => request.setup === setup)

  test.each(cases.map((one) => [nameOf(one), one] as const))('%s', async (_name, request) => {
    const [{ isChunked: _, ...expected }, { isChunked, ...answer }] = await Promise.all([
      send(both.official.port, request),
      send(both.ours.port, request),
    ])
    expect(expected.status).not.toBe('')
    expect(answer).toEqual(expected)
    if (answer.body && !isChunked) answeredHere += 1
    expect(both.ours.told.splice(0)).toEqual(both.official.told.splice(0))
  })
})

function nameOf({ method = 'GET', target, body = '', headers = {} }: Case) {
  const sent = `${method} ${target} ${String(body)} ${JSON.stringify(headers)}`
  return JSON.stringify(sent).slice(1, 160)
}
