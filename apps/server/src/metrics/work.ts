import { AsyncLocalStorage } from 'node:async_hooks'

/** Whose statements they are, and how many there were since the start. */
export type Work = { kind: WorkKind; name: string; statements: number; seconds: number }
type WorkKind = 'procedure' | 'job' | 'other'

export type Works = {
  /** Runs a task of that name; its statements are counted there. Names must come from a closed set. */
  run<Result>(kind: WorkKind, name: string, task: () => Result): Result
  /** What runs now; what is neither a call nor a job is `other`. */
  current(): Work
  all(): Iterable<Work>
}

/** Tells which procedure or job a statement is of. One object for each of them: nothing is made for a call. */
export function createWorks(): Works {
  const storage = new AsyncLocalStorage<Work>()
  const works = new Map<string, Work>()
  const get = (kind: WorkKind, name: string): Work => {
    const key = `${kind} ${name}`
    const known = works.get(key)
    if (known) return known
    const work = { kind, name, statements: 0, seconds: 0 }
    works.set(key, work)
    return work
  }
  const other = get('other', '')
  return {
    run: (kind, name, task) => storage.run(get(kind, name), task),
    current: () => storage.getStore() ?? other,
    all: () => works.values(),
  }
}
