import type { AppError } from '@galley/platform/errors'
import type { FastifyReply } from 'fastify'
import { retryAfterHeader } from '../../../errors/refusal.ts'
import { statusOf } from '../../../errors/reply.ts'
import { plainStyle } from '../../../plain-style.ts'

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

/** The look of forms on pages that the server writes by itself. */
const plainFormStyle = `${plainStyle}
  body { max-width: 42rem; font: 1rem/1.55 system-ui, sans-serif }
  form { display: grid; gap: 1.25rem; margin: 2rem 0 2.5rem }
  form p { margin: 0 }
  label { font-size: 0.9375rem; font-weight: 500 }
  textarea, input:not([type=hidden], [type=checkbox]) {
    box-sizing: border-box; width: 100%; margin-top: 0.375rem; padding: 0.625rem 0.875rem;
    border: 1px solid var(--edge); border-radius: 3px; background: var(--raised); color: inherit; font: inherit;
  }
  textarea { field-sizing: content; min-height: 3lh; resize: vertical }
  textarea[name=body] { min-height: 12lh }
  button {
    min-height: 2.75rem; margin: 0 0.5rem 0.5rem 0; padding: 0 1.25rem; border: 1px solid var(--ink); border-radius: 3px;
    background: var(--ink); color: var(--paper); font: 500 0.9375rem system-ui, sans-serif; cursor: pointer;
  }
  button ~ button { border-color: var(--edge); background: none; color: var(--ink) }
  button ~ a { display: inline-block; padding: 0.625rem 0; font-size: 0.9375rem }
  [role=alert] { margin: 0; padding: 0.75rem 1rem; border-left: 3px solid var(--accent); background: light-dark(#fbeeea, #36211b) }
`
