import type { AppDeps } from '@galley/api/ctx'
import { systemCtx } from '@galley/platform/ctx'

/** A call by Galley itself, in the operator's hands. */
export const operatorCtx = (deps: AppDeps) =>
  systemCtx(deps, { client: { ip: '', userAgent: 'galley' } })
