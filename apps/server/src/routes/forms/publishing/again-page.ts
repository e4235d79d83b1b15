import type { AppError } from '@galley/platform/errors'
import type { FastifyReply } from 'fastify'
import { retryAfterHeader } from '../../../errors/refusal.ts'
import { statusOf } from '../../../errors/reply.ts'
import { plainFormStyle } from './form-style.ts'

type FormPage = {
  title: string
  /** The form with what was typed in it, as HTML. */
  form: string
}

/** Says why what a form sent was refused, with its text in the form to send again. */
export function sendAgain(
  reply: FastifyReply,
  { title, error, form }: FormPage & { error: AppError },
) {
  const reasons = [error.message, ...error.fields.map(({ message }) => message)]
  reply.code(statusOf(error)).headers(retryAfterHeader([error]))
  return sendFormPage(reply, {
    title,
    form: `<p role="alert">${reasons.map(escape).join('<br>')}</p>${form}`,
  })
}

/** A page with one form, where a page of the app would need a script for it. */
export function sendFormPage(reply: FastifyReply, { title, form }: FormPage) {
  const { nonce, request } = reply
  return reply.type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)}</title>
<style nonce="${nonce}">${plainFormStyle}</style>
<main>
<h1>${escape(title)}</h1>
${form}
</main>
<small>Request ${request.id}</small>
</html>
`)
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escape = (text: string) =>
  text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char)
