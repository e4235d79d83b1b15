import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createFinder } from './secret-finder.ts'
import { type Secret, secretsIn, secretsOf } from './secret-forms.ts'

/**
 * LG1 in the programs that tests start: no secret that a test has sent to one, got from one, or given it in a variable is in what it
 * wrote to its standard output or error.
 */
type Written = { stdout: string; stderr: string; closed: Promise<unknown> }

let finder = createFinder()
let watched: {
  child: ChildProcessWithoutNullStreams
  written: Written
  notes: string | undefined
}[] = []

export function watchOutput(
  child: ChildProcessWithoutNullStreams,
  env: Record<string, string | undefined>,
): Written {
  const written: Written = { stdout: '', stderr: '', closed: once(child, 'close') }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (written[name] += text))
  }
  note(secretsOf(env))
  watched.push({ child, written, notes: env.NOTED_SECRETS })
  return written
}

/**
 * What has a server note in `file` the secrets of its traffic (`note-traffic.ts`), also the servers that it starts: for those that
 * a browser talks to, of which this process hears nothing.
 */
export const notingTraffic = (file: string) => ({
  NODE_OPTIONS: `--import=${new URL('note-traffic.ts', import.meta.url).href}`,
  NOTED_SECRETS: file,
})

/** Throws where a program that was started since the last call has written a secret, but in a line that is made to show one. */
export async function expectKeptByPrograms(
  isMadeToShow: (line: string) => boolean = () => false,
): Promise<void> {
  for (const { notes } of watched) note(notesIn(notes))
  const [known, programs] = [finder, watched]
  finder = createFinder()
  watched = []
  const leaks: string[] = []
  for (const { child, written } of programs) {
    if (child.exitCode !== null || child.signalCode !== null) await written.closed
    for (const line of `${written.stdout}\n${written.stderr}`.split('\n')) {
      const [kind] = known.kindsIn(line)
      const program = child.spawnargs.slice(1).join(' ')
      if (kind === undefined || isMadeToShow(line)) continue
      leaks.push(`${program} wrote: ${kind}: ${line.slice(0, 500)}`)
    }
  }
  if (leaks.length > 0) throw new Error(leaks.slice(0, 20).join('\n'))
}

function note(secrets: readonly Secret[]): void {
  for (const { kind, text, isTyped } of secrets) {
    if (isTyped) finder.markTyped(text, kind)
    else finder.mark(kind, text)
  }
}

function notesIn(file: string | undefined): Secret[] {
  if (file === undefined || !existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line): Secret => JSON.parse(line))
}

const noteSecretsIn = (text: string) => note(secretsIn(text))

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
