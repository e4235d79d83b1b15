import * as primitives from '@galley/contract/primitives'
import { expect, test } from 'vitest'
import { readNamedSchemas } from './named-schemas.ts'

const named = await readNamedSchemas()

test('schemas of every folder of the contract are found, each once', () => {
  const names = named.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['ErrorData', 'CurrentUser']))
  expect(names).toContain('ArticleView') // publishing
  expect(new Set(named.map(({ schema }) => schema)).size).toBe(named.length)
  expect(new Set(names).size).toBe(names.length)
})

test('a schema that slices call by names of their own keeps that of primitives', () => {
  const page = named.find(({ schema }) => schema === primitives.PageInput)
  expect(page?.name).toBe('PageInput')
  expect(page?.file.pathname).toMatch(/primitives\.ts$/)
})
