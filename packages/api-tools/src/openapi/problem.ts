import { ErrorData } from '@galley/contract/errors'
import { z } from 'zod'

/** The body of every failed request under `/api/v1` (RFC 9457). */
export const Problem = ErrorData.extend({
  /** The address of the page about this reason. */
  type: z.url(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  instance: z.string().optional(),
}).describe(
  'A problem (RFC 9457). `reason` is stable and made for API clients; `fields` names each wrong field; `requestId` finds the request in the log of the server.',
)
