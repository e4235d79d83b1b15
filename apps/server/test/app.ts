import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestDatabase } from '@galley/testing/database'
import { useTestDatabase } from '@galley/testing/database'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { buildApp, type AppOptions } from '../src/app.ts'
import { createDeps, type Deps } from '../src/deps.ts'
import { parseEnv } from '../src/env.ts'
import { createLogger } from '../src/log/logger.ts'
import { createMetrics, type Metrics } from '../src/metrics/metrics.ts'
import { createCanaries } from './canaries.ts'
import { ENCRYPTION_KEYS } from './encryption-keys.ts'
import { noteSpans } from './noted-spans.ts'

type App = Awaited<ReturnType<typeof buildApp>>

export type TestApp = {
  readonly app: App
  readonly database: Pick<TestDatabase, 'asOperator' | 'db' | 'sql' | 'url'>
  /** What the app is built from. */
  readonly deps: Deps
  /** What is measured, where the app was asked to. */
  metrics(): Metrics
  /** Every line that the app has logged so far. */
  readonly logs: string[]
  /** A JSON POST as a program sends it: no Origin, no Sec-Fetch-Site. */
  post(
    url: string,
    payload?: unknown,
    headers?: InjectOptions['headers'],
  ): Promise<LightMyRequestResponse>
}

type Options = Pick<AppOptions, 'router' | 'webBuild'> & {
  /** Measures what it does, as with `METRICS_PORT`; no port is opened. */
  measured?: boolean
  /** Another process of the same Galley: on the database of this one. */
  beside?: Pick<TestApp, 'database'>
}

type Variables = Record<string, string>

/** The real app on a database of its own, for the tests of a file or a `describe`. Variables may depend on the database. */
export function useApp(
  variables: Variables | ((databaseUrl: string) => Promise<Variables>) = {},
  { beside, measured = false, ...options }: Options = {},
): TestApp {
  const database = beside?.database ?? useTestDatabase()
  const logs: string[] = []
  const written: string[] = []
  const canaries = createCanaries()
  let spans: ReadonlySet<string> = new Set()
  let current: { app: App; deps: Deps; metrics: Metrics | undefined } | undefined

  beforeAll(async () => {
    const env = parseEnv({
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ENCRYPTION_KEYS,
      PUBLIC_ORIGIN: 'https://galley.test',
      CORS_ORIGINS: 'https://app.galley.test',
      RATE_LIMIT_PER_MINUTE: '1000000',
      LOG_LEVEL: 'trace',
      // What tests write by SQL is no event.
      PUBLIC_CACHE_MB: '0',
      MEDIA_FOLDER: filesOf(database.url),
      ...(typeof variables === 'function' ? await variables(database.url) : variables),
    })
    const write = (line: string) => {
      logs.push(line)
      written.push(line)
    }
    const logger = await createLogger(env, { write })
    spans = noteSpans()
    const metrics = measured ? createMetrics(env, logger) : undefined
    const made = createDeps(env, logger, metrics)
    const deps = { ...made, domain: canaries.marked(made.domain) }
    metrics?.readDeps(deps)
    const app = await buildApp({ env, deps, logger, metrics, ...options })
    canaries.listenTo(app)
    current = { app, deps, metrics }
  })
  afterAll(async () => {
    await current?.app.close()
    await current?.deps[Symbol.asyncDispose]()
    current?.metrics?.stop()
    if (!beside) await rm(filesOf(database.url), { recursive: true, force: true })
  })
  afterAll(async () => {
    // Runs before the app ends; not where it did not even start. Tests may have emptied `logs`, and others have written there.
    const lines = new Set([...written, ...logs])
    if (!current) return
    const { metrics } = current
    await canaries.expectKept(lines, { database: beside ? undefined : database, metrics, spans })
  })

  const running = () => {
    if (!current) throw new Error('The app is only there while tests and hooks run')
    return current
  }
  return {
    get app() {
      return running().app
    },
    get deps() {
      return running().deps
    },
    metrics() {
      const { metrics } = running()
      if (!metrics) throw new Error('The app was not asked to measure')
      return metrics
    },
    database,
    logs,
    post: (url, payload = {}, headers = {}) =>
      running().app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      }),
  }
}

/** Where the processes on one database keep files. */
const filesOf = (databaseUrl: string) =>
  path.join(tmpdir(), 'galley-files', new URL(databaseUrl).pathname)
