import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

const root = path.join(import.meta.dirname, '../../../..')
const folder = path.join(root, 'deploy/kubernetes')

type Container = {
  image: string
  command?: string[]
  ports?: { name: string; containerPort: number }[]
  env?: { name: string; value?: string }[]
  startupProbe?: object
  livenessProbe?: object
  readinessProbe?: object
  securityContext: object
  resources: { limits: object }
}
type Pod = {
  securityContext: object
  containers: Container[]
  terminationGracePeriodSeconds?: number
}
type Manifest = {
  file: string
  apiVersion: string
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  stringData?: Record<string, string>
  spec?: {
    template?: { metadata: { labels: Record<string, string> }; spec: Pod }
    selector?: { matchLabels?: Record<string, string> }
  }
}

const manifests = readdirSync(folder)
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map((document): Manifest => ({
      file,
      ...document.toJSON(),
    })),
  )
const find = (kind: string, name: string) =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)
const pods = manifests.flatMap(({ spec }) => (spec?.template ? [spec.template.spec] : []))
const containers = pods.flatMap((pod) => pod.containers)

test('the API of Kubernetes takes every manifest', async () => {
  expect(manifests.map(({ kind }) => kind).toSorted()).toEqual([
    'ConfigMap',
    'Deployment',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'Job',
    'PodDisruptionBudget',
    'PodDisruptionBudget',
    'Secret',
    'Secret',
    'Service',
  ])
  for (const { file, ...manifest } of manifests) {
    const models = await import(/* @vite-ignore */ `kubernetes-models/${manifest.apiVersion}`)
    const model = new models[manifest.kind](manifest)
    expect(() => model.validate(), file).not.toThrow()
  }
})

test('they have no field that it does not know', () => {
  const statements = manifests.map(({ file: _file, ...manifest }, at) => {
    const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`
    return `export const manifest${at}: ${type} = ${JSON.stringify(manifest)}`
  })
  const problems = check([
    ...statements,
    `export const wrong: import('kubernetes-models/v1').IPod =
    { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a', livenesProbe: {} }] } }`,
  ])
  expect(problems).toEqual([expect.stringContaining('livenesProbe')])
})

test('all files are in the kustomization, but for what is applied by itself', () => {
  const kustomization = readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8')
  const { resources }: { resources: string[] } = parse(kustomization)
  const applied = [...new Set(manifests.map(({ file }) => file))]
  expect(applied.filter((file) => !resources.includes(file))).toEqual([
    'migrate.yaml',
    'secret.example.yaml',
  ])
})

test('pods have no rights that they do not need', () => {
  for (const pod of pods) {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
    expect(pod).toMatchObject({ automountServiceAccountToken: false })
  }
  for (const container of containers) {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(container.resources.limits).toHaveProperty('memory')
  }
})

test.for(['galley-server', 'galley-worker'])('%s has a probe of each kind', (name) => {
  const [container] = find('Deployment', name)?.spec?.template?.spec.containers ?? []
  expect(container).toMatchObject({
    startupProbe: { httpGet: { path: '/health/live' } },
    livenessProbe: { httpGet: { path: '/health/live' } },
    readinessProbe: { httpGet: { path: '/health/ready' } },
  })
  const set = container?.env?.find((one) => one.name === 'WORKER_PORT')?.value ?? '3000'
  expect(container?.ports?.[0]?.containerPort).toBe(Number(set))
})

test('selectors find their pods', () => {
  for (const { kind, metadata, spec } of manifests) {
    if (kind !== 'Deployment' && kind !== 'PodDisruptionBudget') continue
    const labels = find('Deployment', metadata.name)?.spec?.template?.metadata.labels
    expect(labels).toMatchObject(spec?.selector?.matchLabels ?? {})
  }
})

test('a pod has the time that Galley takes to end, and the secrets that its variables name', () => {
  const { data } = find('ConfigMap', 'galley') ?? {}
  const longest = Number(data?.['SHUTDOWN_DRAIN_MS']) + Number(data?.['SHUTDOWN_TIMEOUT_MS'])
  for (const { terminationGracePeriodSeconds = Infinity } of pods) {
    expect(terminationGracePeriodSeconds * 1000).toBeGreaterThan(longest + 1000)
  }
  const named = Object.entries(data ?? {}).filter(([name]) => name.endsWith('_FILE'))
  expect(named.map(([, file]) => path.basename(file)).toSorted()).toEqual(
    Object.keys(find('Secret', 'galley')?.stringData ?? {}).toSorted(),
  )
})

/** What TypeScript says of these statements, which see the packages of this workspace. */
function check(statements: string[]): string[] {
  const reports = path.join(import.meta.dirname, '../../.reports')
  mkdirSync(reports, { recursive: true })
  const place = mkdtempSync(path.join(reports, 'kubernetes-'))
  onTestFinished(() => rmSync(place, { recursive: true }))
  const file = path.join(place, 'manifests.ts')
  writeFileSync(file, statements.join('\n'))
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--ignoreConfig',
  ]
  const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), [...options, file], {
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((line) => line.includes('error'))
}
