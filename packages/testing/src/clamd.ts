import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listening } from './free-port.ts'
import { findProgram, unlessFound } from './on-path.ts'

const binary = findProgram('clamd') ?? ''

/** Behind the name of a `describe.skipIf(noClamd)`: says why it was skipped. */
export const noClamd = unlessFound('clamd')

/** What all scanners know as the test for them (eicar.org). In pieces, so that none takes this file for it. */
export const eicar = [
  String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}`,
  '$EICAR-STANDARD-',
  'ANTIVIRUS-TEST-FILE!$H+H*',
].join('')

const SIGNATURE = 'Eicar-Test-Signature'

/** ClamAV's daemon with a database of its own that knows `eicar`, on a socket in a folder of its own. */
export async function startTestClamd({ maxMegabytes = 5, more = '' } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'galley-clamd-'))
  const socket = path.join(folder, 'clamd.ctl')
  const settings = path.join(folder, 'clamd.conf')
  const hex = Buffer.from(eicar).toString('hex')
  await writeFile(path.join(folder, 'eicar.ndb'), `${SIGNATURE}:0:*:${hex}\n`)
  await writeFile(
    settings,
    `Foreground yes\nDatabaseDirectory ${folder}\nLocalSocket ${socket}\nStreamMaxLength ${maxMegabytes}M\n${more}`,
  )
  const daemon = spawn(binary, ['--config-file', settings], { stdio: 'ignore' })
  const exited = once(daemon, 'exit')
  const killAtOnce = () => daemon.kill('SIGKILL')
  process.once('exit', killAtOnce)
  await listening(socket, () => daemon.exitCode !== null)
  return {
    address: `unix:${socket}`,
    signature: `${SIGNATURE}.UNOFFICIAL`,
    /** Takes connections and says nothing, until `resume`. */
    pause: () => void daemon.kill('SIGSTOP'),
    resume: () => void daemon.kill('SIGCONT'),
    async kill() {
      process.off('exit', killAtOnce)
      daemon.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
