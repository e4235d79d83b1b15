import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs one of the workspace's commands with this terminal; returns its exit status, 1 when a signal ended it. A signal to this
 * process ends the command first, so that what was started for it can be stopped.
 */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  // Ctrl-C reaches the command by itself.
  const wait = () => {}
  const forward = () => void child.kill('SIGTERM')
  process.on('SIGINT', wait).on('SIGTERM', forward)
  try {
    const [status] = await once(child, 'exit')
    return typeof status === 'number' ? status : 1
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', forward)
  }
}
