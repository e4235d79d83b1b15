import { randomUUID } from 'node:crypto'
import type { AppDeps, Ctx } from '@galley/api/ctx'

/** A call by Galley itself, in the operator's hands. */
export const operatorCtx = (deps: AppDeps): Ctx => ({
  ...deps,
  actor: { kind: 'system' },
  log: { info() {}, warn() {}, error() {} },
  requestId: randomUUID(),
  client: { ip: '', userAgent: 'galley' },
  cookies: { get: () => undefined, set() {}, clear() {}, clearSiteData() {} },
  now: () => new Date(),
  charge: async () => {},
})
