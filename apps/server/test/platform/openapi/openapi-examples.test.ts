import { expect, test } from 'vitest'
import { documentOf } from '../../../src/routes/documents.ts'
import { useDirectUploads } from '../direct-uploads.ts'
import { useApp } from '../../app.ts'
import { createExampleWorld } from './example-world.ts'
import { examplesIn, operationsIn } from './examples.ts'
import { createValidator } from './validate.ts'
import { bearer } from '../identity/tokens.ts'

const on = useApp({ LOG_LEVEL: 'silent' })
useDirectUploads(on)

const document = await documentOf('https://galley.test')
const { faultsIn } = createValidator(document)
const examples = examplesIn(document)

test('every operation has an example, and every answer with a body shows one', () => {
  const shown = new Set(examples.map(({ operation }) => operation))
  for (const { operation } of operationsIn(document)) {
    expect(shown, operation.operationId).toContain(operation)
    for (const [status, response] of Object.entries(operation.responses)) {
      if (!status.startsWith('2') || !('content' in response)) continue
      for (const { examples: answers = {} } of Object.values(response.content ?? {})) {
        expect(Object.keys(answers), operation.operationId).not.toEqual([])
      }
    }
  }
})

test.each(examples.map((example) => [example.title, example] as const))(
  '%s is answered as the document says',
  async (_, { request, status, operation, ...place }) => {
    const token = await createExampleWorld(on)
    const credentials = operation.security.length > 0 ? bearer(token) : {}
    const headers = { ...request.headers, ...credentials }
    const answer = await on.app.inject({ ...request, headers })
    expect(answer.body === '' ? answer.statusCode : answer.json()).not.toHaveProperty(
      'requestId',
      expect.any(String),
    )
    expect(String(answer.statusCode)).toBe(status)
    expect(faultsIn(place, answer)).toEqual([])
  },
)
