import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { text } from 'node:stream/consumers'
import { BootError } from '../boot-error.ts'

type Input = NodeJS.ReadableStream & Pick<Partial<ReadStream>, 'isTTY'>

/** Asks for a new password twice without showing it; where nobody can be asked, reads it from the stream. */
export async function readPassword(input: Input, output: NodeJS.WritableStream): Promise<string> {
  if (!input.isTTY) return (await text(input)).replace(/\r?\n$/, '')
  const password = await askHidden('Password: ', input, output)
  const again = await askHidden('Again: ', input, output)
  if (password !== again) throw new BootError('The two passwords are not the same.')
  return password
}

/** Asks a question that only `y` or `yes` agrees to. Throws where nobody can be asked. */
export async function confirm(
  question: string,
  input: Input,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  if (!input.isTTY) throw new BootError('There is nobody to ask. Confirm with --yes.')
  const readline = createInterface({ input, output, terminal: true })
  const interrupted = new AbortController()
  readline.once('SIGINT', () => interrupted.abort())
  try {
    const typed = await readline.question(`${question} [y/N] `, { signal: interrupted.signal })
    return /^y(es)?$/i.test(typed.trim())
  } catch {
    throw new BootError('Interrupted.')
  } finally {
    readline.close()
  }
}

async function askHidden(question: string, input: Input, output: NodeJS.WritableStream) {
  // What readline would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const readline = createInterface({ input, output: nowhere, terminal: true })
  const interrupted = new AbortController()
  readline.once('SIGINT', () => interrupted.abort())
  output.write(question)
  try {
    return await readline.question('', { signal: interrupted.signal })
  } catch {
    throw new BootError('Interrupted.')
  } finally {
    readline.close()
    output.write('\n')
  }
}
