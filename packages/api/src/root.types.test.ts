import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { AppRouter } from './root.ts'

type Inputs = inferRouterInputs<AppRouter>
type Outputs = inferRouterOutputs<AppRouter>

// Checked by the compiler (`pnpm check`); the run only proves that the file loads.
test('inputs and outputs are inferred from the router', () => {
  expectTypeOf<Inputs['articles']['publish']>().toEqualTypeOf<{
    id: string
    version: number | 'any'
  }>()
  expectTypeOf<undefined>().toExtend<Inputs['articles']['list']>()
  expectTypeOf<{ limit: number }>().toExtend<Inputs['articles']['list']>()
  expectTypeOf<Outputs['articles']['bySlug']['can']['edit']>().toEqualTypeOf<boolean>()
  expectTypeOf<Outputs['articles']['list']['items'][number]['tags']>().toEqualTypeOf<string[]>()
  expectTypeOf<Outputs['sessions']['current']['user']>()
    .exclude<null>()
    .toHaveProperty('email')
    .toBeString()
})

test('a wrong field name does not compile', () => {
  // @ts-expect-error the field is called body
  const wrong: Inputs['comments']['create'] = { articleId: '', text: '' }
  // @ts-expect-error a summary holds no Markdown
  type Wrong = Outputs['articles']['list']['items'][number]['body']
  expectTypeOf<Wrong>().toBeAny()
  expectTypeOf(wrong).toBeObject()
})
