import { readFileSync } from 'node:fs'
import { secretVariables } from '../src/env/files.ts'

/** A secret by what it is; `isTyped` where it may be of any characters, as a password. */
export type Secret = { kind: string; text: string; isTyped: boolean }

/** How secrets look on their way between a client and a server: in headers, addresses, bodies and mails. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ['session', /galley-session=([\w-]{16,})/g],
  // What follows the last dot is the signature; what stands before it may be told.
  ['device', /galley-device=[\w-]+\.[\w-]+\.[\w-]+\.([\w-]{16,})/g],
  ['bearer token', /\bbearer (?:[\w-]+\.)*([\w-]{16,})/gi],
  ['token', /"(?:token|accessToken|refreshToken|secret)":"(?:[\w-]+\.)*([\w-]{16,})"/g],
  ['link', /[?&]token=(?:[\w-]+\.)*([\w-]{16,})/g],
  ['presigned address', /X-Amz-Signature=([\w-]{16,})/g],
]
const typed = /"(?:password|currentPassword|newPassword)":"([^"\\]+)"/g
const typedInForms = /(?:^|&)(?:password|currentPassword|newPassword)=([^&]+)/g

export function secretsIn(text: string): Secret[] {
  const found: Secret[] = []
  for (const [kind, form] of forms) {
    for (const [, secret = ''] of text.matchAll(form)) {
      found.push({ kind, text: secret, isTyped: false })
    }
  }
  const passwords = [
    ...Array.from(text.matchAll(typed), ([, value = '']) => value),
    ...Array.from(text.matchAll(typedInForms), ([, value = '']) => decoded(value)),
  ]
  return [...found, ...passwords.map((value) => ofVariable('password', value))]
}

/** Those that a program is given in its variables, or in the files that they name. */
export function secretsOf(env: Record<string, string | undefined>): Secret[] {
  return secretVariables.flatMap((name) => {
    const value = env[name] ?? contentOf(env[`${name}_FILE`])
    return partsOf(value).map((secret) => ofVariable(name, secret))
  })
}

const ofVariable = (kind: string, text: string): Secret => ({ kind, text, isTyped: true })

/** The value itself, or what of a document, of addresses or of named values is secret. */
function partsOf(value: string): string[] {
  const [form, isOpen] = value.startsWith('[')
    ? [/"clientSecret":"([^"]+)"/g, true]
    : value.includes('://')
      ? [/:\/\/[^/@:]*:([^@]+)@/g, true]
      : [/(?:^|,)[^,=:]+[=:]([^,]+)/g, false]
  const found = [...value.matchAll(form)].map(([, secret = '']) => secret)
  if (found.length === 0 && !isOpen) return [value]
  return found.flatMap((secret) => [secret, decodeURIComponent(secret)])
}

function contentOf(file: string | undefined): string {
  try {
    return file === undefined ? '' : readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** As a browser sends a field of a form. */
const decoded = (value: string): string => new URLSearchParams(`value=${value}`).get('value') ?? ''
