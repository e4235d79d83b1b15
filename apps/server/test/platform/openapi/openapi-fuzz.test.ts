import * as fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { beforeAll, expect, test } from 'vitest'
import { documentOf } from '../../../src/routes/documents.ts'
import { useApp } from '../../app.ts'
import { operationsIn } from './examples.ts'
import { createFuzzWorld, type FuzzWorld } from '../../publishing/openapi/fuzz-world.ts'
import { requestsTo, type Fuzzed } from './requests.ts'
import { createValidator } from './validate.ts'

/** Sent side by side, so that they also get into each other's way. */
const BATCH = 10
const requests = Number(process.env.FUZZ_REQUESTS ?? 2000)
const seed = Number(process.env.FUZZ_SEED ?? 4)

const on = useApp({ LOG_LEVEL: 'silent' })
const document = await documentOf('https://galley.test')
const operations = operationsIn(document)
const { faultsIn } = createValidator(document)
const counts = new Map<string, number>()
const succeeded = new Set<string>()
const faults = new Map<string, string>()
let world: FuzzWorld

beforeAll(async () => {
  world = await createFuzzWorld(on.database.db)
})

test(`${requests} requests with seed ${seed} meet no 5xx, nothing that the document does not say, and no leak`, async () => {
  const one = fc.oneof(
    ...operations.map((documented) => ({
      weight: documented.path.startsWith('/auth') ? 1 : 4, // passwords are slow on purpose
      arbitrary: requestsTo(document, documented, world),
    })),
  )
  const batch = fc.array(one, { minLength: BATCH, maxLength: BATCH })
  const property = fc.asyncProperty(batch, async (all) => void (await Promise.all(all.map(send))))
  await fc.assert(property, { numRuns: requests / BATCH, seed, endOnFailure: true })

  const sum = [...counts].map(([status, count]) => `${status}: ${count}`).toSorted()
  process.stdout.write(`Answers to ${requests} requests, seed ${seed}: ${sum.join(', ')}\n`)
  // All of them, each kind once, rather than the first.
  expect([...faults.values()].join('\n\n')).toBe('')
  const never = operations.flatMap(({ operation: { operationId } }) =>
    succeeded.has(operationId) || isForAdmins(operationId) ? [] : [operationId],
  )
  // What takes a version and a state of an article is met by chance alone.
  expect(never.length, never.join(', ')).toBeLessThan(operations.length / 3)
  expect([...counts.keys()]).toEqual(expect.arrayContaining(usual))
}, 1_200_000)

/** Nobody in the world of these requests is one. */
const isForAdmins = (name: string) =>
  listProcedures(appRouter).some(({ path, meta }) => path === name && meta.access === 'admin')

test('an answer that the document does not describe is a fault', async () => {
  const place = { path: '/tags', method: 'get' }
  const faultsWhen = async (change: Partial<LightMyRequestResponse>) =>
    faultsIn(place, Object.assign(await on.app.inject('/api/v1/tags'), change)).join()
  expect(await faultsWhen({})).toBe('')
  expect(await faultsWhen({ statusCode: 418 })).toContain('418 is not documented')
  expect(await faultsWhen({ headers: {} })).toContain('200 without ETag')
  expect(await faultsWhen({ body: '{"items":[{}],"page":{}}' })).toContain('slug')
})

/** What so many requests meet whatever the seed; rarer ones have tests of their own. */
const usual = ['200', '201', '204', '400', '401', '403', '404', '409', '415']

async function send({ operationId, request }: Fuzzed) {
  const place = placeOf(operationId)
  const answer = await on.app.inject(request)
  const status = String(answer.statusCode)
  counts.set(status, (counts.get(status) ?? 0) + 1)
  if (status.startsWith('2')) succeeded.add(operationId)
  if (status === '201') world.learn(operationId, answer.json())
  for (const fault of [...faultsIn(place, answer), ...faultsOfAny(answer)]) {
    const told = `${JSON.stringify(request).slice(0, 2000)}\n${answer.body.slice(0, 600)}`
    faults.set(`${operationId} ${fault.slice(0, 60)}`, `${operationId}: ${fault}\n${told}`)
  }
}

function placeOf(name: string) {
  const found = operations.find(({ operation }) => operation.operationId === name)
  if (!found) throw new Error(`The document has no ${name}`)
  return found
}

function faultsOfAny({ statusCode, body }: LightMyRequestResponse) {
  const tells = /node_modules|\.ts:\d|postgres|drizzle|"stack"/i.test(body)
  return [
    ...(statusCode >= 500 ? [`answers ${statusCode}`] : []),
    ...(statusCode >= 400 && tells ? ['tells what is inside'] : []),
  ]
}
