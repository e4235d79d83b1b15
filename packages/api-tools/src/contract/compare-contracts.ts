import type { Change } from './change.ts'
import { compareProcedures } from './compare-procedures.ts'
import { compareSchemas, growing } from './compare-schemas.ts'
import type { ContractProcedure, Surface } from './contract.ts'
import type { Shift } from './shift.ts'

/** Every difference that callers can meet, each with what it means for them. */
export function compareContracts(before: Surface, after: Surface): Change[] {
  return [...changedProcedures(before, after), ...changedErrors(before, after)]
}

function changedProcedures(before: Surface, after: Surface): Change[] {
  return namesIn(before.procedures, after.procedures).flatMap((name): Change[] => {
    const [old, now] = [before.procedures[name], after.procedures[name]]
    if (!now) return [{ verdict: 'breaking', subject: name, where: name, what: 'gone' }]
    if (!old) return [{ verdict: 'compatible', subject: name, where: name, what: 'new' }]
    return [
      ...compareProcedures(name, old, now),
      ...(['input', 'output'] as const).flatMap((direction) =>
        changedSchemas({ direction, name, old, now, before, after }),
      ),
    ]
  })
}

type Pair = {
  direction: 'input' | 'output'
  name: string
  old: ContractProcedure
  now: ContractProcedure
  before: Surface
  after: Surface
}

function changedSchemas({ direction, name, old, now, before, after }: Pair): Change[] {
  const scope = { direction, before: before[`${direction}s`], after: after[`${direction}s`] }
  const start = { path: '', component: undefined }
  return compareSchemas(old[direction], now[direction], start, scope).map(
    ({ place: { component, path }, what, shift }) => {
      const own = `${direction} of ${name}${path === '' ? '' : `: ${path}`}`
      const shared = `${direction} ${[component, path].filter(Boolean).join('.')}`
      const where = component === undefined ? own : shared
      const grows =
        shift === 'wider' && component !== undefined && path === '' && growing.has(component)
      const verdict = grows ? 'compatible' : verdicts[direction][shift]
      return { verdict, subject: name, where, what }
    },
  )
}

/** Old callers may send what a narrower input refuses, and do not expect what a wider output holds. */
const verdicts: Record<'input' | 'output', Record<Shift, Change['verdict']>> = {
  input: { narrower: 'breaking', wider: 'compatible', other: 'breaking', none: 'notice' },
  output: { narrower: 'compatible', wider: 'breaking', other: 'breaking', none: 'notice' },
}

function changedErrors({ errors: before }: Surface, { errors: after }: Surface): Change[] {
  return namesIn(before, after).flatMap((reason): Change[] => {
    const [old, now] = [before[reason], after[reason]]
    const at = { subject: reason, where: `error ${reason}` }
    if (old === now) return []
    if (now === undefined) return [{ ...at, verdict: 'breaking', what: 'gone' }]
    if (old === undefined) return [{ ...at, verdict: 'compatible', what: 'new' }]
    return [{ ...at, verdict: 'breaking', what: `${now} rather than ${old}` }]
  })
}

const namesIn = (before: object, after: object) => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
]
