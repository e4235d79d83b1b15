import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LaunchOptions } from '@playwright/test'

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser: `$CHROMIUM`, else the system's, else Playwright's own, else the one that npm installed (x64 Linux). */
export async function findChromium(): Promise<LaunchOptions> {
  // Chromium's sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags
  const system = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  )
  if (system) return { executablePath: system, args }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { args }
  return { executablePath: await inflateFromNpm(), args }
}

async function inflateFromNpm(): Promise<string> {
  const { default: chromium, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  const packageFolder = dirname(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
  )
  await inflate(join(packageFolder, 'bin', 'al2023.tar.br'))
  setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
  return chromium.executablePath()
}
