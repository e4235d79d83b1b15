import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { isHealthPath, pathOf } from '../paths.ts'

/** What plugins add to a request, as far as its line has it. */
type Noted = {
  client: { ip: string }
  caller?: { person?: string | undefined }
  calls?: object[]
}

/**
 * One line a request, when its response is out: the path without its query and without tokens, no header, no body; with the calls that
 * succeeded. A call that failed has a line of its own.
 */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' })
  }

  override incomingRequest() {}

  override routeNotFound() {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest & Noted,
    reply: FastifyReply,
  ) {
    const line = {
      method: request.method,
      path: hideTokens(pathOf(request.url)),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ip: request.client.ip,
      ...(request.caller?.person !== undefined && { userId: request.caller.person }),
      ...(request.calls?.length && { calls: request.calls }),
    }
    if (error) reply.log.warn({ ...line, err: error }, 'request broke off')
    else if (isHealthPath(request.url)) reply.log.debug(line, 'request')
    else reply.log.info(line, 'request')
  }
}

/** Long, and of capitals, small letters and digits: no address of ours has such a part, and all our tokens are one. */
const LENGTH = 20

/** A path without what could be a token that somebody put into it by mistake. */
export const hideTokens = (path: string): string =>
  path.startsWith('/assets/') ? path : path.replaceAll(/[\w-]+/g, hide)

function hide(part: string) {
  if (part.length < LENGTH) return part
  return /[A-Z]/.test(part) && /[a-z]/.test(part) && /\d/.test(part) ? '[token]' : part
}
