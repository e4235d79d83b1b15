import { readFileSync, statSync } from 'node:fs'
import { BootError } from '../boot-error.ts'

type Source = Record<string, string | undefined>

/** The variables whose values are secrets, or have one inside. */
export const secretVariables = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URLS',
  'MIGRATION_DATABASE_URL',
  'ENCRYPTION_KEYS',
  'SMTP_URL',
  'GITHUB_CLIENT_SECRET',
  'GOOGLE_CLIENT_SECRET',
  'OIDC_PROVIDERS',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'BACKUP_KEY',
  'REDIS_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const

/** Far more than any of them has: a file that is larger is the wrong one. */
const MAX_BYTES = 64 * 1024

/**
 * The same variables, with the contents of the file for each secret `NAME` of which `NAME_FILE` gives the path, as containers and
 * service managers hand out secrets. Line breaks at the end are dropped. Throws one BootError that names each variable whose file
 * cannot be used, never a path or a value.
 */
export function withFiles(source: Source): Source {
  const given = secretVariables.filter((name) => source[fileVariable(name)])
  if (given.length === 0) return source
  const problems: string[] = []
  const read = given.map((name) => {
    const variable = fileVariable(name)
    const result = source[name]
      ? { problem: `${name} and ${variable} are both set: keep one.` }
      : readSecret(variable, source[variable] ?? '')
    if ('problem' in result) problems.push(result.problem)
    return [name, 'value' in result ? result.value : undefined] as const
  })
  if (problems.length > 0) throw new BootError(problems.join(' '))
  const found = Object.fromEntries(read)
  return { ...withoutFilesOf(source, found), ...found }
}

/** What a process gets that is started with `variables` of its own: they come before the files of its parent. */
export function withoutFilesOf(source: Source, variables: Source): Source {
  const replaced = new Set(Object.keys(variables).map(fileVariable))
  return Object.fromEntries(Object.entries(source).filter(([name]) => !replaced.has(name)))
}

const fileVariable = (name: string) => `${name}_FILE`

function readSecret(variable: string, path: string): { value: string } | { problem: string } {
  try {
    if (!statSync(path).isFile()) return { problem: `${variable} names something that is no file.` }
    const bytes = readFileSync(path)
    if (bytes.length > MAX_BYTES) return { problem: `${variable} names a file of over 64 KiB.` }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value = withoutLastLineBreaks(text)
    return value === '' ? { problem: `${variable} names a file that is empty.` } : { value }
  } catch (error) {
    return { problem: `${variable} names a file that cannot be read (${codeOf(error)}).` }
  }
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8' : String(code)
}

/** By hand: an expression for this takes the square of the time for many of them in the middle. */
function withoutLastLineBreaks(text: string): string {
  let end = text.length
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
