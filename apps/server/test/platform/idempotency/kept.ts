import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'

const procedures = listProcedures(appRouter)

/** What is the same of each result with one key: all but the fields that are made again. */
export function kept<Value>(path: string, value: Value): Value {
  const { madeAgain } = procedures.find((one) => one.path === path)?.meta ?? {}
  if (!madeAgain) return value
  return JSON.parse(
    JSON.stringify(value, (field, each) => (field in madeAgain ? 'made again' : each)),
  )
}
