import { AppError } from '@galley/platform/errors'
import type { FastifyRequest } from 'fastify'
import { decodeUtf8, isUtf8Target } from '../../json/utf8.ts'

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
