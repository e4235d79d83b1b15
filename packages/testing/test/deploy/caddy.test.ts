import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findProgram, unlessFound } from '../../src/on-path.ts'

const caddy = findProgram('caddy') ?? ''
const none = unlessFound('caddy')

describe.skipIf(none)(`Caddy${none}`, () => {
  test('takes the Caddyfile', () => {
    const file = path.join(import.meta.dirname, '../../../../deploy/caddy/Caddyfile')
    const adapted = spawnSync(caddy, ['adapt', '--config', file, '--validate'], {
      encoding: 'utf8',
    })
    expect(adapted.status, adapted.stderr).toBe(0)
    expect(adapted.stderr).not.toContain('warn')
    expect(adapted.stdout).toContain('"dial":"127.0.0.1:3000"')
    expect(adapted.stdout).toContain('"max_size":32000000')
  })
})
