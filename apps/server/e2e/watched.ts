import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNode } from '../test/program.ts'
import { expectKeptByPrograms, notingTraffic } from '../test/program-canaries.ts'
import { leaksFile } from './leaks-file.ts'

/** Starts a server for browsers. It logs as it does in production, so that there is something to search; shown is what is no request. */
export function startWatched(file: string, env: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), 'galley-e2e-'))
  const noting = notingTraffic(join(folder, 'secrets'))
  const server = startNode([file], { ...env, ...noting, LOG_LEVEL: 'info' })
  server.child.stdin.end()
  server.child.stdout.on('data', (text: string) => {
    for (const line of text.split(/(?<=\n)/)) if (!isInfo(line)) process.stdout.write(line)
  })
  server.child.stderr.pipe(process.stderr)
  return {
    ...server,
    /** Once it has ended: writes down the lines that hold a secret which it was sent, has sent, or was given in a variable. */
    async searchOutput(run: string, isMadeToShow?: (line: string) => boolean) {
      const leaks = await expectKeptByPrograms(isMadeToShow).then(
        () => '',
        (error: Error) => error.message,
      )
      const report = leaksFile(run)
      mkdirSync(join(report, '..'), { recursive: true })
      writeFileSync(report, leaks)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** JSON of production, text of development. */
const isInfo = (line: string) => line.includes('"level":"info"') || line.includes('INFO')
