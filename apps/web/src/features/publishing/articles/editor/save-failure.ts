import { isOffline } from '../../../../lib/connection.ts'
import { messageOf, reasonOf } from '../../../../lib/errors.ts'
import { type ContentErrors, contentFields } from './content.ts'

/** Why a save failed, in words, and what that means for the next. */
export type SaveFailure = { message: string; signedOut: boolean; offline: boolean }

export function failureOf(error: unknown): SaveFailure {
  const reason = reasonOf(error)
  return {
    message: messageOf(error),
    signedOut: reason === 'session/required',
    offline: reason === undefined && isOffline(),
  }
}

/** No response, or a fault that passes: the same again may well succeed. */
export const mayPass = (error: unknown) => passing.has(reasonOf(error))

const passing = new Set([
  undefined,
  'server/unavailable',
  'request/rate-limited',
  'server/internal',
] as ReturnType<typeof reasonOf>[])

export const isStale = (error: unknown) => reasonOf(error) === 'article/stale-version'

const firstRetry = 2_000
const longestRetry = 60_000

/** In how many milliseconds a save is tried again after so many failures in a row: never all pages at once. */
export const retryDelay = (failures: number) =>
  Math.min(longestRetry, firstRetry * 2 ** failures) * (0.75 + Math.random() / 2)

/** `errors` with those of the fields that the server refused. */
export function withRefused(errors: ContentErrors, refused: { path: string; message: string }[]) {
  const all: ContentErrors = { ...errors }
  for (const { path, message } of refused) {
    const field = contentFields.find((name) => path === name || path.startsWith(`${name}.`))
    if (field) all[field] = message
  }
  return all
}
