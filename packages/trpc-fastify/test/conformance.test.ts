import { describe, expect, test } from 'vitest'
import { optionsOf } from './options.ts'
import { send } from './raw.ts'
import { bad } from './requests/bad.ts'
import type { Case } from './requests/build.ts'
import { chained } from './requests/chained.ts'
import { good } from './requests/good.ts'
import { hostile } from './requests/hostile.ts'
import { useBoth } from './servers.ts'
import { type Setup, setups } from './setups.ts'

const requests = [...good, ...chained, ...bad, ...hostile]

let handledHere = 0

describe.each(Object.keys(setups) as Setup[])('with the options "%s"', (setup) => {
  const both = useBoth((told) => optionsOf(told, setups[setup](told)))
  const cases = requests.filter((request) => request.setup === setup)

  test.each(cases.map((one) => [nameOf(one), one] as const))('%s', async (_name, request) => {
    const [{ isChunked: _, ...expected }, { isChunked, ...response }] = await Promise.all([
      send(both.official.port, request),
      send(both.ours.port, request),
    ])
    expect(expected.status).not.toBe('')
    expect(response).toEqual(expected)
    // tRPC's own handler sends each response in chunks.
    if (response.body && !isChunked) handledHere += 1
    // Calls of a batch run together, in no order.
    expect(both.ours.told.splice(0).toSorted()).toEqual(both.official.told.splice(0).toSorted())
  })
})

test('most of them are handled here, not by the handler they are compared with', () => {
  expect(handledHere).toBeGreaterThanOrEqual(400)
})

function nameOf({ method = 'GET', target, body = '', headers = {} }: Case) {
  const sent = `${method} ${target} ${String(body)} ${JSON.stringify(headers)}`
  return JSON.stringify(sent).slice(1, 160)
}
