import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { mergeRouters, publicProcedure, router } from '@galley/api/trpc'
import { appRouter } from '@galley/api/root'
import { BACKUP_LATE_HOURS } from '@galley/contract/platform/health'
import { Nothing } from '@galley/contract/primitives'
import { auditLog } from '@galley/db/schema'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { useApp } from '../../app.ts'
import { password, signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'
import { type Series, seriesOf } from './exposition.ts'
import { usesOf } from './promql.ts'

const read = (path: string) =>
  readFileSync(new URL(`../../../../../${path}`, import.meta.url), 'utf8')
const dashboard: {
  panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[]
} = JSON.parse(read('deploy/grafana/galley.json'))
type Rule = {
  alert: string
  expr: string
  for: string
  labels: { severity: string }
  annotations: { summary: string; description: string; runbook: string }
}
const alerts: { groups: { rules: Rule[] }[] } = parse(read('deploy/prometheus/alerts.yaml'))
const rules = alerts.groups.flatMap((group) => group.rules)
const panels = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr: filledIn(expr), legendFormat })),
)

/** As Grafana does, from its variables. */
function filledIn(expr: string) {
  return expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*')
}

/** What Prometheus itself adds: the target. */
const ofPrometheus = { metrics: ['up'], labels: ['job', 'instance'] }

const failing = router({
  fail: publicProcedure({ cost: 1, queries: 0 })
    .input(Nothing)
    .output(z.object({}))
    .query(() => {
      throw new Error('for the test')
    }),
})

// Nobody listens on port 1.
const on = useApp(
  {
    SMTP_URL: 'smtp://127.0.0.1:1',
    PASSWORD_BREACH_URL: 'http://127.0.0.1:1/',
    REDIS_URL: 'redis://127.0.0.1:1',
    DATABASE_REPLICA_URLS: 'postgres://nobody@127.0.0.1:1/none',
    RATE_LIMIT_PER_MINUTE: '200',
    PUBLIC_CACHE_MB: '4',
  },
  { measured: true, router: mergeRouters(appRouter, router({ failing })) },
)
useWorker(on, true)

/** Of each kind of work some, and of it some that fails. */
async function work() {
  const origin = await on.app.listen({ port: 0 })
  const ask = async (path: string) => (await fetch(`${origin}${path}`)).arrayBuffer()
  await ask('/trpc/failing.fail')
  await ask('/api/v1/site')
  await ask('/nothing')
  await signUp(on)
  const person = { email: 'somebody@galley.test', username: 'somebody', password }
  await on.post('/trpc/users.create', { ...person, displayName: 'Somebody' })
  const signIn = { email: 'nobody@galley.test', password: 'a password that is wrong' }
  for (let n = 0; n < 20; n += 1) await on.post('/trpc/sessions.create', signIn)
  const backup = { actorKind: 'system', targetType: 'backup', targetId: 'x' } as const
  await on.database.db
    .insert(auditLog)
    .values({ ...backup, action: 'backup.taken', requestId: 'x', after: { missing: 0 } })
  await on.deps.domain.storage.head('media/nothing').catch(() => {})
  await on.deps.domain.virusScanner.scan(Readable.from('a text')).catch(() => {})
  await on.deps.domain.db.execute('select 1 / 0').catch(() => {})
  for (const code of ['08006', '53300', '57P01']) {
    const raise = `do $$ begin raise exception using errcode = '${code}'; end $$`
    await on.deps.domain.db.execute(raise).catch(() => {})
  }
}

test('every query of the dashboard and the alerts names what a server that worked has measured', async () => {
  await work()
  const queries = [...panels, ...rules.map(({ alert, expr }) => ({ title: alert, expr }))]
  expect(queries.length).toBeGreaterThan(50)
  await vi.waitFor(
    async () => {
      const series = await seriesOf(on.metrics(), true)
      const unknown = queries.flatMap(({ title, expr }) =>
        usesOf(expr)
          .filter((use) => !isMeasured(use, series))
          .map((use) => ({ title, ...use })),
      )
      expect(unknown).toEqual([])
    },
    { timeout: 20_000, interval: 500 },
  )
})

test('who counts failures of requests leaves out the callers who went away', () => {
  const failures = [...panels, ...rules].flatMap(({ expr }) =>
    Array.from(
      expr.matchAll(/http_server_request_duration_seconds_count\{([^}]*error_type[^}]*)\}/g),
      ([, matchers]) => matchers,
    ),
  )
  expect(failures.length).toBeGreaterThan(2)
  for (const matchers of failures) expect(matchers).toContain('error_type!="aborted"')
})

test('legends and sentences name labels that their queries keep', () => {
  const wrong = panels.flatMap(({ title, expr, legendFormat }) => {
    const names = Array.from(legendFormat.matchAll(/\{\{(\w+)\}\}/g), ([, name = '']) => name)
    return names.filter((name) => !keeps(expr, name)).map((name) => `${title}: ${name}`)
  })
  const inRules = rules.flatMap(({ alert, expr, annotations }) => {
    const text = `${annotations.summary} ${annotations.description}`
    const names = Array.from(text.matchAll(/\$labels\.(\w+)/g), ([, name = '']) => name)
    return names.filter((name) => !keeps(expr, name)).map((name) => `${alert}: ${name}`)
  })
  expect([...wrong, ...inRules]).toEqual([])
})

test('every alert waits a while, says what is wrong, and leads to what to do', () => {
  const headings = new Set(
    Array.from(read('docs/operations.md').matchAll(/^### (\w+)$/gm), ([, name]) => name),
  )
  for (const { alert, for: wait, labels, annotations } of rules) {
    expect(wait, alert).toMatch(/^\d+m$/)
    expect(['page', 'ticket'], alert).toContain(labels.severity)
    expect(annotations.summary.length * annotations.description.length, alert).toBeGreaterThan(0)
    expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`)
    expect(headings).toContain(alert)
  }
  expect(headings.size).toBe(rules.length)
})

test('the alert calls a backup late when the health page does', () => {
  const late = rules.find(({ alert }) => alert === 'GalleyBackupLate')
  expect(late?.expr).toMatch(new RegExp(`> ${BACKUP_LATE_HOURS} \\* 3600$`))
})

test('the parser refuses what is no query, and the check finds what is not measured', () => {
  expect(() => usesOf('sum by (a (rate(x[5m])')).toThrow()
  const series = [{ name: 'x', labels: { a: 'b' }, value: 1 }]
  const found = (query: string) => usesOf(query).filter((use) => !isMeasured(use, series))
  expect(found('sum by (a, instance) (rate(x{a="b"}[5m]))')).toEqual([])
  expect(found('y')).toEqual([{ metric: 'y' }])
  expect(found('x{c="d"}')).toEqual([{ metric: 'x', label: 'c', value: 'd' }])
  expect(found('x{a="d"}')).toEqual([{ metric: 'x', label: 'a', value: 'd' }])
  expect(found('x{a=~"b|d"}')).toEqual([{ metric: 'x', label: 'a', value: 'd' }])
  expect(found('x{a=~"d.*"}')).toEqual([])
  expect(found('sum by (c) (x)')).toEqual([{ metric: 'x', label: 'c' }])
})

function isMeasured({ metric, label, value }: ReturnType<typeof usesOf>[number], all: Series[]) {
  if (ofPrometheus.metrics.includes(metric)) return true
  const series = all.filter(({ name }) => name === metric)
  if (label === undefined) return series.length > 0
  if (ofPrometheus.labels.includes(label)) return true
  const values = series.map(({ labels }) => labels[label])
  return value === undefined ? values.some((one) => one !== undefined) : values.includes(value)
}

/** Whether the result of a query has the label: it groups by it, or does not group at all. */
function keeps(expr: string, label: string) {
  const groups = Array.from(expr.matchAll(/\bby \(([^)]*)\)/g), ([, names = '']) => names)
  if (groups.length === 0) return ofPrometheus.labels.includes(label)
  return groups.every((names) => names.split(/,\s*/).includes(label))
}
