import type { AppRouter as ServerRouter } from '@galley/api/root'
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { expectTypeOf, test } from 'vitest'
import type { Inputs, Outputs } from './api.gen.ts'
import type { AppRouter } from './router.ts'

// oxlint-disable typescript/no-unnecessary-type-parameters -- two types are the same where they are so for every T
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
// oxlint-enable typescript/no-unnecessary-type-parameters

/** The paths of the procedures whose type in A is not exactly that in B. */
type Differing<A, B> = {
  [Slice in keyof A | keyof B]: Slice extends keyof A & keyof B
    ? DifferingIn<A[Slice], B[Slice], Slice & string>
    : Slice
}[keyof A | keyof B]

/** Of a stream, one message. */
type One<Output> = Output extends AsyncIterable<{ data: infer Message }> ? Message : Output

type DifferingIn<A, B, Slice extends string> = {
  [Name in keyof A | keyof B]: Name extends keyof A & keyof B
    ? Same<One<A[Name]>, One<B[Name]>> extends true
      ? never
      : `${Slice}.${Name & string}`
    : `${Slice}.${Name & string}`
}[keyof A | keyof B]

// Checked by the compiler (`pnpm check`); the run only proves that the file loads.
test('every procedure takes and gives exactly what that of the server does', () => {
  expectTypeOf<Differing<Inputs, inferRouterInputs<ServerRouter>>>().toBeNever()
  expectTypeOf<Differing<Outputs, inferRouterOutputs<ServerRouter>>>().toBeNever()
  expectTypeOf<Differing<inferRouterInputs<AppRouter>, Inputs>>().toBeNever()
  expectTypeOf<Differing<inferRouterOutputs<AppRouter>, Outputs>>().toBeNever()
  expectTypeOf<keyof Inputs>().toEqualTypeOf<keyof inferRouterInputs<ServerRouter>>()
  expectTypeOf<Kinds<AppRouter['_def']['record']>>().toEqualTypeOf<
    Kinds<ServerRouter['_def']['record']>
  >()
})

test('errors are those of the server', () => {
  type Server = inferRouterError<ServerRouter>
  expectTypeOf<inferRouterError<AppRouter>['code']>().toEqualTypeOf<Server['code']>()
  expectTypeOf<inferRouterError<AppRouter>['data']>().branded.toEqualTypeOf<Server['data']>()
})

test('a difference would be seen', () => {
  type Other = Omit<Inputs, 'feed'> & { feed: { list: { limit?: string } } }
  expectTypeOf<Differing<Other, Inputs>>().toEqualTypeOf<'feed.list'>()
  expectTypeOf<Differing<Omit<Inputs, 'feed'>, Inputs>>().toEqualTypeOf<'feed'>()
})

type Kinds<Record> = {
  [Slice in keyof Record]: {
    [Name in keyof Record[Slice]]: Record[Slice][Name] extends { _def: { type: infer Kind } }
      ? Kind
      : never
  }
}
