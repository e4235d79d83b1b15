import { currentWork } from '@galley/tracing/work'

/** Whose statements they are, and how many there were since the start. */
export type Work = { kind: WorkKind; name: string; statements: number; seconds: number }
type WorkKind = 'procedure' | 'job' | 'other'

export type Works = {
  /** What runs now; what is neither a call nor a job is `other`. */
  current(): Work
  all(): Iterable<Work>
}

/** Tells which procedure or job a statement is of, by `whileAt`, whose names are of a closed set. One object for each of them. */
export function createWorks(): Works {
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
    current() {
      const { procedure, job } = currentWork() ?? {}
      if (procedure !== undefined) return get('procedure', procedure)
      return job === undefined ? other : get('job', job)
    },
    all: () => works.values(),
  }
}
