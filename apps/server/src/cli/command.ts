import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { AppDeps } from '@galley/api/ctx'
import { systemCtx } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import type { z } from 'zod'
import { bootProblem } from '../boot-error.ts'
import type { Env } from '../env.ts'

/** The command itself is wrong: reported together with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** One line about why a command failed; never a stack, never a password. */
export function problemOf(error: unknown): string {
  if (error instanceof UsageError) return error.message
  if (!(error instanceof AppError)) return bootProblem(error)
  if (error.reason === 'server/internal') return bootProblem(error.cause)
  return [error.message, ...error.fields.map(({ path, message }) => `${path}: ${message}`)].join(
    ' ',
  )
}

/** A call by Galley itself, in the operator's hands. */
export const operatorCtx = (deps: AppDeps) =>
  systemCtx(deps, { client: { ip: '', userAgent: 'galley' } })

/** One of `pnpm galley`. */
export type Command = {
  /** A noun and a verb, or a verb. */
  name: string
  /** Its arguments, in as many ways as it takes some; none when left out. */
  forms?: readonly string[]
  /** A sentence or two for the usage. */
  about: string
  /** Reads the arguments first, so that what is wrong with them is reported before anything is asked or opened. */
  create(args: string[]): (deps: AppDeps, env: Env) => Promise<string | Outcome>
}

/** What is printed, where it is not all well either. */
type Outcome = { message: string; exitCode: number }

export function takesNoArguments(name: string, args: string[]): void {
  if (args.length > 0) throw new UsageError(`${name} takes no arguments.`)
}

/** The options of a command line. Throws UsageError for what is none of them. */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** What was typed as the contract has it. Throws UsageError that names the option. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = String(issue?.path[0])
  throw new UsageError(`--${field === 'displayName' ? 'name' : field}: ${issue?.message}`)
}

/** What is printed where a command is wrong. */
export function usageOf(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ name, forms = [''] }) =>
    forms.map((form) => `pnpm galley ${name} ${form}`.trim()),
  )
  const about = commands.map((command) => command.about)
  return `Usage: ${lines.join('\n       ')}\n\n${about.join('\n')}\nAll read the environment as the server does.\n`
}
