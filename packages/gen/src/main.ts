import { resourceCommand } from './resource-command.ts'
import { stripCommand } from './strip/strip-command.ts'

type Command = (args: string[], print: (line: string) => void) => Promise<void>

/** `pnpm gen <command>`; each says how it is used when it is called wrongly. */
const commands: Record<string, Command> = {
  resource: resourceCommand,
  strip: stripCommand,
}

try {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    throw new Error(
      `Usage: pnpm gen ${Object.keys(commands).join(' | ')}; docs/adding-a-resource.md shows a run`,
    )
  }
  await command(args, (line) => void process.stdout.write(`${line}\n`))
} catch (error) {
  process.stderr.write(`gen: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
