import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Runs a program of the repository and returns what it printed; throws with all of that where it fails. */
export async function run(cwd: string, program: string, args: string[]): Promise<string> {
  const command = program === 'node' ? process.execPath : join(cwd, 'node_modules/.bin', program)
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd,
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    const output = stdout + stderr || String(error)
    throw new Error(`${[program, ...args].join(' ')} failed\n${output}`, { cause: error })
  }
}
