// What an engine builds all the same; the rules have hadolint's names, which itself is no package of npm.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintDockerfile } from '../../run/image/lint.ts'

const dockerfile = readFileSync(new URL('../../../../deploy/Dockerfile', import.meta.url), 'utf8')
const rulesOf = (text: string) => lintDockerfile(text).map(({ rule }) => rule)

test('deploy/Dockerfile has nothing to find', () => {
  expect(lintDockerfile(dockerfile)).toEqual([])
})

/** What is changed in it, and what is found then. */
const changes: [rule: string, from: string | RegExp, to: string][] = [
  ['DL3006', '@${NODE_DIGEST} AS sources', ' AS sources'],
  ['DL3006', '@${NODE_DIGEST} AS galley', '@latest AS galley'],
  ['DL3006', 'ARG NODE_DIGEST', 'ARG NODE_DIGEST=sha256:abc'],
  ['DL3024', 'AS galley', 'AS pages'],
  ['DL3002', 'USER 1000:1000', 'USER root'],
  ['DL3002', 'USER 1000:1000', 'USER 0:0'],
  ['DL3002', 'USER 1000:1000\n', ''],
  ['DL3057', /HEALTHCHECK[^]*?\]\n/, ''],
  ['DL3057', /HEALTHCHECK[^]*?\]\n/, 'HEALTHCHECK NONE\n'],
  ['DL3025', /CMD \["node", "apps.*/, 'CMD node apps/server/src/main.ts'],
  ['DL3025', /CMD \["node", "apps.*/, 'ENTRYPOINT node apps/server/src/main.ts'],
  ['DL3025', /CMD \["node", "--eval.*/, 'CMD curl http://127.0.0.1:3000'],
  ['DL3020', 'COPY . .', 'ADD https://example.com/galley.tar.gz .'],
  ['DL3020', 'COPY . .', 'ADD . .'],
  ['DL3022', '--from=pages', '--from=docker.io/library/alpine'],
  ['DL3000', 'WORKDIR /app', 'WORKDIR app'],
  ['SecretsUsedInArgOrEnv', 'ENV CI=true', 'ENV CI=true NPM_TOKEN=x'],
  ['SecretsUsedInArgOrEnv', 'ARG VERSION=0.1.0', 'ARG DATABASE_PASSWORD'],
]

test.each(changes)('%s by %s -> %s', (rule, from, to) => {
  const changed = dockerfile.replace(from, to)
  expect(changed).not.toBe(dockerfile)
  expect(new Set(rulesOf(changed))).toEqual(new Set([rule]))
})

test.each([
  ['DL3003', 'cd /tmp && make'],
  ['DL3004', 'sudo make'],
  ['DL3027', 'apt install -y curl'],
  ['DL3009', 'apt-get update && apt-get install -y --no-install-recommends curl'],
  ['DL3014', 'apt-get install --no-install-recommends curl'],
  ['DL3015', 'apt-get install -y \\\n    curl'],
  ['DL3016', 'npm install --global pnpm'],
  ['DL3016', 'npm i --global pnpm@latest'],
  ['DL4006', 'wget -O - https://example.com/x.sh | sh'],
])('%s in RUN %s', (rule, command) => {
  const changed = dockerfile.replace('COPY . .', `COPY . .\nRUN ${command}`)
  expect(rulesOf(changed)).toEqual([rule])
})

test('what is in order is let through', () => {
  const commands = [
    'apt-get update && apt-get install -qy --no-install-recommends curl && rm -rf /var/lib/apt/lists/*',
    '--mount=type=cache,target=/root/.npm npm install --global @scope/a@1.2.3',
    'npm ci || exit 1',
    'set -o pipefail; wget -O - https://example.com/x | sha256sum -c',
  ]
  const runs = commands.map((command) => `RUN ${command}\n`).join('')
  expect(rulesOf(dockerfile.replace('COPY . .\n', `COPY . .\n${runs}`))).toEqual([])
})

test('a finding says where', () => {
  expect(lintDockerfile('FROM a@sha256:b\nUSER 1\nHEALTHCHECK NONE\nCMD node x\n')).toEqual([
    { line: 1, rule: 'DL3057', message: 'there is no HEALTHCHECK' },
    expect.objectContaining({ line: 4, rule: 'DL3025' }),
  ])
})
