import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { findProgram, unlessFound } from '../../src/on-path.ts'

const rulesFile = path.join(import.meta.dirname, '../../../../deploy/prometheus/alerts.yaml')
const casesFile = path.join(import.meta.dirname, 'alerts.promtool.yaml')
const promtool = findProgram('promtool') ?? ''
const none = unlessFound('promtool')

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(promtool, words, { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

describe.skipIf(none)(`alerts of Prometheus${none}`, () => {
  test('are rules that it takes', () => {
    expect(run('check', 'rules', rulesFile)).toMatchObject({ status: 0 })
  })

  test('fire where something is wrong, and not where nothing is', () => {
    expect(run('test', 'rules', casesFile)).toEqual({
      status: 0,
      said: expect.stringContaining('SUCCESS'),
    })
  })
})

type Rules = { groups: { rules: { alert: string; labels: { severity: string } }[] }[] }
type Cases = {
  tests: { name: string; promql_expr_test: { expr: string; exp_samples: object[] }[] }[]
}

test('each is tried by a series at which it fires, and by one at which it does not', () => {
  const rules: Rules = parse(readFileSync(rulesFile, 'utf8'))
  const cases: Cases = parse(readFileSync(casesFile, 'utf8'))
  const tried = cases.tests.flatMap(({ name, promql_expr_test: looks }) =>
    looks.map(({ expr, exp_samples: samples }) => {
      const [alert = ''] = name.split(':')
      expect(expr, name).toBe(`ALERTS{alertname="${alert}", alertstate="firing"}`)
      return `${alert} ${samples.length > 0 ? 'fires' : 'is quiet'}`
    }),
  )
  const alerts = rules.groups.flatMap((group) => group.rules.map(({ alert }) => alert))
  const wanted = alerts.flatMap((alert) => [`${alert} fires`, `${alert} is quiet`])
  expect([...new Set(tried)].toSorted()).toEqual(wanted.toSorted())
})
