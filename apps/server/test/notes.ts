import { appRouter } from '@galley/api/root'
import { mergeRouters, router } from '@galley/api/trpc'
import { beforeAll } from 'vitest'
import { useApp, type TestApp } from './app.ts'
import { noteRouter } from './notes/router.ts'
import { createTable } from './notes/table.ts'

/** The real app, and under `notes` procedures that every transport serves. */
export function useNotesApp(
  variables: Parameters<typeof useApp>[0] = {},
  options: Omit<NonNullable<Parameters<typeof useApp>[1]>, 'router'> = {},
): TestApp {
  const on = useApp(variables, {
    ...options,
    router: mergeRouters(appRouter, router({ notes: noteRouter })),
  })
  if (options.beside) return on
  beforeAll(() =>
    on.database.asOperator(async (operator) => {
      await operator.unsafe(createTable)
      const server = new URL(on.database.url).username
      await operator`grant select, insert, update, delete on notes to ${operator(server)}`
    }),
  )
  return on
}
