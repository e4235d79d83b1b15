import { appRouter } from '@galley/api/root'
import { safeNext } from '@galley/contract/platform/safe-next'
import { AppError } from '@galley/platform/errors'
import { whileOpen } from '@galley/trpc-fastify'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  preParsingAsyncHookHandler,
} from 'fastify'
import { decodeUtf8, isUtf8Target } from '../../json/encoding.ts'
import { CALL_BODY_LIMIT } from '../../server-options.ts'
import { callOperation } from '../rest/call.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes what an HTML form sends instead of JSON, from pages of this site only; see the plugin `csrf`. */
    htmlForm?: boolean
  }
}

export type FormRoute = { Body: URLSearchParams }

/** The options of a route that an HTML form posts to. */
export function formOptions(app: FastifyInstance, { needsSignIn }: { needsSignIn: boolean }) {
  const preParsing: preParsingAsyncHookHandler = async (_request, reply, payload) =>
    app.meterBody(reply, payload, needsSignIn)
  return { bodyLimit: CALL_BODY_LIMIT, config: { htmlForm: true }, preParsing }
}

/** Access, charge, audit and log are the procedure's own, as by tRPC. */
export const callProcedure = (
  name: string,
  input: unknown,
  reply: FastifyReply,
  kind: 'mutation' | 'query' = 'mutation',
) =>
  whileOpen(reply, (signal) =>
    callOperation({
      router: appRouter,
      operation: { name, kind },
      ctx: reply.request.ctx,
      signal,
      getRawInput: () => input,
    }),
  )

export const fieldsOf = <Name extends string>(form: URLSearchParams, names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, form.get(name) ?? ''])) as Record<Name, string>

/** The page of this site to go on to. */
export const nextOf = (form: URLSearchParams) => safeNext(form.get('next'))

type Done = (error: Error | null, form?: URLSearchParams) => void

/** The fields of `application/x-www-form-urlencoded` (URL Standard, 5.1); what is not UTF-8 is refused. */
export function readForm(_request: FastifyRequest, body: Buffer, done: Done) {
  try {
    const text = decodeUtf8(body)
    if (!isUtf8Target(text)) throw new AppError('request/not-utf-8')
    // Browsers end lines by CRLF in forms (HTML, 4.10.21.4), and by LF where a script reads the field.
    done(null, new URLSearchParams(text.replaceAll(/%0D%0A/gi, '%0A')))
  } catch (error) {
    done(error instanceof Error ? error : new AppError('request/malformed'))
  }
}
