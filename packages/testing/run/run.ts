import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs one of the workspace's commands with this terminal; answers its exit status, 1 when a signal ended it. */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  const [status] = await once(child, 'exit')
  return typeof status === 'number' ? status : 1
}
