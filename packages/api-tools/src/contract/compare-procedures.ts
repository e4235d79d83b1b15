import { isDeepStrictEqual } from 'node:util'
import type { Change, Verdict } from './change.ts'
import type { ContractProcedure } from './contract.ts'

type Finding = { verdict: Verdict; what: string }

/** What a procedure declares beside its schemas: kind, who may call, price, address. */
export function compareProcedures(
  name: string,
  before: ContractProcedure,
  after: ContractProcedure,
): Change[] {
  return [
    ...changedType(before, after),
    ...changedAccess(before, after),
    ...changedScope(before, after),
    ...changedFlags(before, after),
    ...changedRest(before, after),
    ...noticed(before, after),
  ].map((finding) => ({ ...finding, subject: name, where: name }))
}

type Rule = (before: ContractProcedure, after: ContractProcedure) => Finding[]

const changedType: Rule = ({ type: before }, { type: after }) =>
  before === after ? [] : [{ verdict: 'breaking', what: `${after} rather than ${before}` }]

const ranks = { public: 0, 'signed-in': 1, editor: 2, admin: 3 }

const changedAccess: Rule = ({ access: before }, { access: after }) => {
  if (before === after) return []
  const isTighter = ranks[after] > ranks[before]
  const what = `for ${after} rather than ${before}`
  return [{ verdict: isTighter ? 'breaking' : 'compatible', what }]
}

/** Without a scope tokens are refused, so that a first one only opens. */
const changedScope: Rule = ({ scope: before }, { scope: after }) => {
  if (before === after) return []
  if (before === null) return [{ verdict: 'compatible', what: `tokens with ${after} may call it` }]
  const what = after === null ? 'tokens may not call it any more' : `scope ${after}, not ${before}`
  return [{ verdict: 'breaking', what }]
}

const changedFlags: Rule = (before, after) => [
  ...changedFlag(before.fresh, after.fresh, 'a step-up is needed', 'breaking'),
  ...changedFlag(before.suspended, after.suspended, 'suspended people may call it', 'compatible'),
]

function changedFlag(
  before = false,
  after = false,
  what: string,
  whenSet: 'breaking' | 'compatible',
): Finding[] {
  if (before === after) return []
  if (after) return [{ verdict: whenSet, what }]
  return [{ verdict: opposite[whenSet], what: `not so any more: ${what}` }]
}

const opposite = { breaking: 'compatible', compatible: 'breaking' } as const

const changedRest: Rule = ({ rest: before }, { rest: after }) => {
  if (isDeepStrictEqual(before, after)) return []
  if (!before) return [{ verdict: 'compatible', what: `new at ${after?.method} ${after?.path}` }]
  const address = `${before.method} ${before.path}`
  if (!after) return [{ verdict: 'breaking', what: `gone from ${address}` }]
  return [
    ...replaced(address, `${after.method} ${after.path}`, 'at'),
    ...replaced(`${before.status ?? 200}`, `${after.status ?? 200}`, 'answers'),
    ...replaced(before.location, after.location, 'Location'),
    ...changedFlag(before.versioned, after.versioned, 'If-Match is taken', 'compatible'),
  ]
}

function replaced(before: string | undefined, after: string | undefined, what: string): Finding[] {
  if (before === after) return []
  if (before === undefined) return [{ verdict: 'compatible', what: `${what} ${after}` }]
  return [{ verdict: 'breaking', what: `${what} ${after ?? 'nothing'} rather than ${before}` }]
}

const judged = new Set(['type', 'access', 'scope', 'fresh', 'suspended', 'rest', 'input', 'output'])

/** Cost, allowance, deprecation, and what a later `Meta` may declare. */
const noticed: Rule = (before, after) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !judged.has(key) && !isDeepStrictEqual(before[key], after[key]))
    .map((key) => ({
      verdict: 'notice',
      what: `${key} ${text(after[key])} rather than ${text(before[key])}`,
    }))

const text = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value))
