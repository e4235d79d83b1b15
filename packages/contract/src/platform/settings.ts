import { z } from 'zod'
import { line } from '../primitives.ts'
import { SignUpPolicy } from './site.ts'

/** Bytes that a number holds exactly. */
const Bytes = z
  .int('Must be a whole number.')
  .min(1, 'Must be at least 1.')
  .max(Number.MAX_SAFE_INTEGER, 'Must be at most 9,007,199,254,740,991.')

/** What admins may set over the environment: a line for each setting. */
export const platformSettings = {
  name: line(60).min(1, 'Must not be empty.'),
  description: line(300),
  signUp: SignUpPolicy,
  /** The most bytes that one uploaded file may have. */
  maxFileBytes: Bytes,
  /** The most bytes that all uploaded files of one person may have together. */
  quotaBytes: Bytes,
}
