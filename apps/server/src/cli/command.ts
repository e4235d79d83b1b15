import type { AppDeps } from '@galley/api/ctx'
import { systemCtx } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { bootProblem } from '../boot-error.ts'

/** The command itself is wrong: reported together with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** One line about why a command failed; never a stack, never a password. */
export function problemOf(error: unknown): string {
  if (error instanceof UsageError) return error.message
  if (!(error instanceof AppError)) return bootProblem(error)
  if (error.reason === 'server/internal') return bootProblem(error.cause)
  return [error.message, ...error.fields.map(({ path, message }) => `${path}: ${message}`)].join(
    ' ',
  )
}

/** A call by Galley itself, in the operator's hands. */
export const operatorCtx = (deps: AppDeps) =>
  systemCtx(deps, { client: { ip: '', userAgent: 'galley' } })
