import { constants, existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LaunchOptions } from '@playwright/test'

const args = [
  // The sandbox refuses root, and many systems refuse it to others; these tests open our own pages only.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser: `$CHROMIUM`; else, on x64 Linux, the one that npm installed; else the system's or Playwright's own. */
export async function findChromium(): Promise<LaunchOptions> {
  const executablePath =
    process.env.CHROMIUM ?? (await inflateFromNpm()) ?? systemPaths.find(existsSync)
  return executablePath === undefined ? { args } : { args, executablePath }
}

async function inflateFromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: chromium, inflate, setupLambdaEnvironment } = await import('@sparticuz/chromium')
  const packageFolder = dirname(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
  )
  await inflate(join(packageFolder, 'bin', 'al2023.tar.br'))
  setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'))
  const path = await chromium.executablePath()
  await access(path, constants.X_OK).catch(() => {
    throw new Error(`${path} was unpacked by another account: remove it, or set $CHROMIUM.`)
  })
  return path
}
