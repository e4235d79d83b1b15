import type { RequestCtx } from './ctx.ts'
import type { Meta } from './trpc.ts'

type Result = { ok: boolean; error?: unknown }

/** Makes a call that may lag on a standby database, if one will do; what fails there is made once more on the primary. */
export function readFromReplica<Called extends Result>(
  { replicas }: Pick<RequestCtx, 'replicas'>,
  meta: Meta | undefined,
  call: (db?: RequestCtx['db']) => Promise<Called>,
): Promise<Called> {
  const subject = meta?.publicRead ? 'answers' : meta?.mayLag
  if (!replicas || !subject) return call()
  return replicas.read(
    subject,
    async (db) => {
      const result = await call(db)
      // Also what is a refusal: the one who asks for it knows whether the database is its cause.
      if (!result.ok) throw result.error
      return result
    },
    () => call(),
  )
}
