import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, listening } from './free-port.ts'
import { nginxBinary } from './nginx-binary.ts'

export { noNginx } from './nginx-binary.ts'

export type TestNginx = AsyncDisposable & { origin: string }

/** Runs nginx on a free port of the loopback address, in a folder of its own: `configure` makes what is in `http { }`. */
export async function startTestNginx(
  configure: (place: { folder: string; port: number }) => string,
): Promise<TestNginx> {
  if (nginxBinary === undefined) throw new Error('There is no nginx on the PATH')
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-nginx-'))
  const port = await freePort()
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const file = path.join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events {}
    http { access_log off; ${paths.join(' ')}
    ${configure({ folder, port })}
    }`,
  )
  const options = ['-p', folder, '-c', file, '-e', `${folder}/error.log`]
  const server = spawn(nginxBinary, options, { stdio: 'ignore' })
  const exited = once(server, 'exit')
  const killAtOnce = () => server.kill('SIGKILL')
  process.once('exit', killAtOnce)
  try {
    await listening(port, () => server.exitCode !== null)
  } catch (cause) {
    throw new Error(readFileSync(`${folder}/error.log`, 'utf8'), { cause })
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      process.off('exit', killAtOnce)
      server.kill('SIGTERM')
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}
