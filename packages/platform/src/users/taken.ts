import { isUniqueViolation } from '@galley/db/errors'
import { AppError } from '../errors.ts'

/** Usernames are public, so a taken one is told. */
export function usernameTaken(cause?: unknown): AppError {
  const fields = [{ path: 'username', message: 'Taken by another account.' }]
  return new AppError('user/username-taken', { cause, fields })
}

/** For the `catch` of a statement that writes a username. */
export function throwUsernameTaken(error: unknown): never {
  throw isUniqueViolation(error, 'users_username_key') ? usernameTaken(error) : error
}
