import { writeFileSync } from 'node:fs'
import { findProgram } from '@galley/testing/on-path'

const binary = findProgram('haproxy')

type Place = { port: number; servers: { name: string; port: number }[]; file: string }

/**
 * What runs HAProxy in front of the servers. It looks at `/health/ready` four times a second, and sends to another server what
 * one has refused or left without an answer: reads, and writes with an `Idempotency-Key`, which happen once. A slow machine may
 * take seconds to answer a look; with a limit of one, all servers were taken out at once.
 */
export function haproxyCommand({ port, servers, file }: Place): {
  command: string
  args: string[]
} {
  if (!binary) throw new Error('pnpm scale needs HAProxy: apt-get install haproxy')
  writeFileSync(
    file,
    `global
  maxconn 2000
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 15s
  timeout check 4s
  retries 3
  option redispatch 1
  option forwardfor
frontend people
  bind 127.0.0.1:${port}
  default_backend galley
backend galley
  balance roundrobin
  option httpchk GET /health/ready
  http-check expect status 200
  http-request disable-l7-retry unless METH_GET or { req.hdr(idempotency-key) -m found }
  option http-buffer-request
  retry-on conn-failure empty-response 503
  default-server check inter 250ms fall 1 rise 1
${servers.map(({ name, port: at }) => `  server ${name} 127.0.0.1:${at}`).join('\n')}
`,
  )
  return { command: binary, args: ['-db', '-f', file] }
}
