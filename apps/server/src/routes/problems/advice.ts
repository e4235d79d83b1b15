import type { ErrorCode } from '@galley/contract/errors'

/** What a program does about a failure of this kind. */
export const adviceFor = (code: ErrorCode): string => advice[code]

const advice: Record<ErrorCode, string> = {
  BAD_REQUEST:
    'Do not send it again as it is. <code>fields</code> names each wrong field and what is wrong with it.',
  UNAUTHORIZED:
    'Sign in, or get a new access token, and send it as <code>Authorization: Bearer</code>.',
  FORBIDDEN: 'Nothing about the request is wrong, but this caller may not make it.',
  NOT_FOUND:
    'Check the address and the ids in it. What the caller may not know of gets the same response as what is not there.',
  METHOD_NOT_SUPPORTED: 'The header <code>Allow</code> names the methods of this address.',
  CONFLICT:
    'Read the thing again and decide by what it is now. With <code>If-Match</code> the status of a stale version is 412.',
  UNPROCESSABLE_CONTENT: 'The request contradicts an earlier one. Make a new one.',
  PAYLOAD_TOO_LARGE: 'Send less: a request has room for an article of 100,000 characters.',
  UNSUPPORTED_MEDIA_TYPE: 'Send <code>Content-Type: application/json</code>.',
  TIMEOUT: 'Send it again, faster or in smaller parts.',
  TOO_MANY_REQUESTS: 'Wait for as many seconds as <code>Retry-After</code> says.',
  BAD_GATEWAY: 'Another service failed. Try again later.',
  SERVICE_UNAVAILABLE: 'Try again after as many seconds as <code>Retry-After</code> says.',
  INTERNAL_SERVER_ERROR: 'A mistake of this server. It is in its log under the request id.',
}
