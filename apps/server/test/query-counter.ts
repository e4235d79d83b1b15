import { AsyncLocalStorage } from 'node:async_hooks'

type Call = { path: string; statements: string[]; isOver: boolean }

const calls = new AsyncLocalStorage<Call>()

/** What calls sent to the database beyond what their procedures may, a line each: emptied by who has looked. */
export const overdrawn: string[] = []

/** The most that a call of each procedure has sent. */
export const most = new Map<string, number>()

/** Of the process rather than of a call: once for all that happened in some milliseconds. */
const OF_THE_PROCESS = /^select pg_notify\(/

/** Notes a statement of the call that is running, if there is one. */
export function countStatement(text: string) {
  const call = calls.getStore()
  if (call && !call.isOver && !OF_THE_PROCESS.test(text)) call.statements.push(text)
}

/** Runs a call, and compares what it has sent when it ends with what it may. */
export function counted<Result>(
  { path, allowed }: { path: string; allowed: number },
  run: () => Promise<Result>,
): Promise<Result> {
  const call: Call = { path, statements: [], isOver: false }
  return calls.run(call, async () => {
    try {
      return await run()
    } finally {
      call.isOver = true
      const { statements } = call
      most.set(path, Math.max(most.get(path) ?? 0, statements.length))
      if (statements.length > allowed) {
        const texts = statements.map((text) => `\n  ${text.slice(0, 200)}`).join('')
        overdrawn.push(
          `${path} may send ${allowed} statements, and sent ${statements.length}:${texts}`,
        )
      }
    }
  })
}

/** Work that lost a deadlock and is done again counts once. */
export function afresh<Args extends unknown[], Result>(
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  const call = calls.getStore()
  const before = call?.statements.length ?? 0
  return (...args) => {
    call?.statements.splice(before)
    return work(...args)
  }
}

/**
 * A look-up that shares statements with those of others: one of the call that is running, whichever of them sends it; several
 * at once are one.
 */
export function shared<Args extends unknown[], Result>(
  name: string,
  find: (...args: Args) => Promise<Result>,
) {
  const waiting = new WeakMap<Call, Promise<unknown>>()
  return (...args: Args): Promise<Result> => {
    const call = calls.getStore()
    const found = find(...args)
    if (call && !waiting.has(call)) {
      countStatement(name)
      const over = () => void waiting.delete(call)
      waiting.set(call, found.then(over, over))
    }
    return found
  }
}

/** Runs what is of no call in particular. */
export const outside = <Result>(run: () => Result): Result => calls.exit(run)
