import type { OpenApiDocument } from '@galley/api-tools/openapi/document'
import { expect, test } from 'vitest'
import { documentOf } from '../../../src/routes/documents.ts'
import { lint } from './lint.ts'

const document = await documentOf('https://galley.test')

test('Spectral finds nothing, neither by its own rules nor by ours', async () => {
  expect(await lint(document)).toEqual([])
})

const broken: [string, (copy: OpenApiDocument) => void][] = [
  [
    'galley-operation-id',
    ({ paths }) => void (at(paths['/me/jobs']?.get).operationId = 'List jobs'),
  ],
  ['galley-one-tag', ({ paths }) => void (at(paths['/me/jobs']?.get).tags = ['jobs', 'users'])],
  [
    'galley-problem',
    ({ paths }) =>
      void (at(paths['/me/jobs']?.get).responses['418'] = {
        description: 'No problem.',
        content: { 'application/json': { schema: {} } },
      }),
  ],
  [
    'oas3-valid-media-example',
    ({ paths }) => void (at(paths['/me/jobs']?.get).responses['200'] = wrongExample),
  ],
]

const wrongExample = {
  description: 'A page.',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/JobPage' },
      examples: { wrong: { value: { items: 3 } } },
    },
  },
}

function at<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('The document lacks what the test breaks')
  return part
}

test.each(broken)('%s notices', async (rule, breakIt) => {
  const copy = structuredClone(document)
  breakIt(copy)
  expect((await lint(copy)).join('\n')).toContain(rule)
})
