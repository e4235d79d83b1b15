import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { secretVariables } from '../src/env/files.ts'
import { createFinder } from './secret-finder.ts'

/**
 * LG1 in the programs that tests start: no secret that a test has sent to one, got from one, or given it in a variable is in what it
 * wrote to its standard output or error.
 */
type Written = { stdout: string; stderr: string; closed: Promise<unknown> }

let finder = createFinder()
let watched: { child: ChildProcessWithoutNullStreams; written: Written }[] = []

export function watchOutput(
  child: ChildProcessWithoutNullStreams,
  env: Record<string, string | undefined>,
): Written {
  const written: Written = { stdout: '', stderr: '', closed: once(child, 'close') }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (written[name] += text))
  }
  for (const name of secretVariables) {
    const file = env[`${name}_FILE`]
    for (const secret of secretsIn(env[name] ?? contentOf(file))) finder.markTyped(secret, name)
  }
  watched.push({ child, written })
  return written
}

/** Throws where a program that was started since the last call has written a secret. */
export async function expectKeptByPrograms(): Promise<void> {
  const [known, programs] = [finder, watched]
  finder = createFinder()
  watched = []
  const leaks: string[] = []
  for (const { child, written } of programs) {
    if (child.exitCode !== null || child.signalCode !== null) await written.closed
    for (const line of `${written.stdout}\n${written.stderr}`.split('\n')) {
      const [kind] = known.kindsIn(line)
      const program = child.spawnargs.slice(1).join(' ')
      if (kind !== undefined) leaks.push(`${program} wrote: ${kind}: ${line.slice(0, 500)}`)
    }
  }
  if (leaks.length > 0) throw new Error(leaks.join('\n'))
}

/** How secrets look on their way between a test and a program: in headers, addresses, bodies and mails. */
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

function noteSecretsIn(text: string): void {
  for (const [kind, form] of forms) {
    for (const [, secret = ''] of text.matchAll(form)) finder.mark(kind, secret)
  }
  for (const [, secret = ''] of text.matchAll(typed)) finder.markTyped(secret)
}

/** The value itself, or what of a document, of addresses or of named values is secret. */
function secretsIn(value: string): string[] {
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const textOf = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)

/** `fetch` tells what it sends and receives: the names of headers before their values. */
function noteHeaders(message: unknown) {
  if (!isRecord(message)) return
  const { headers, path } = message
  const words = Array.isArray(headers) ? headers.map(textOf) : [textOf(headers ?? '')]
  noteSecretsIn([...words, textOf(path ?? '')].join('\n'))
}
const noteChunk = (message: unknown) => {
  if (isRecord(message)) noteSecretsIn(textOf(message.chunk))
}
subscribe('undici:request:create', (message) => {
  if (isRecord(message)) noteHeaders(message.request)
})
subscribe('undici:request:headers', (message) => {
  if (isRecord(message)) noteHeaders(message.response)
})
subscribe('undici:request:bodyChunkSent', noteChunk)
subscribe('undici:request:bodyChunkReceived', noteChunk)
subscribe('galley:testing:mail', (message) => {
  if (isRecord(message)) noteSecretsIn(textOf(message.text))
})
