import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { findProgram } from '../../src/on-path.ts'

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
  resources: { limits: { memory?: string } }
}
type Pod = {
  securityContext: object
  containers: Container[]
  terminationGracePeriodSeconds?: number
  volumes: { name: string; persistentVolumeClaim?: { claimName: string } }[]
}
type Template = { metadata: { labels: Record<string, string> }; spec: Pod }
type Manifest = {
  file: string
  apiVersion: string
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  stringData?: Record<string, string>
  spec?: {
    template?: Template
    jobTemplate?: { spec: { template: Template } }
    selector?: { matchLabels?: Record<string, string> }
    podSelector?: { matchLabels: Record<string, string> }
    ingress?: { ports: { port: string }[] }[]
  }
}

const manifests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && path.basename(file) !== 'kustomization.yaml')
  .toSorted()
  .flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map((document): Manifest => ({
      file,
      ...document.toJSON(),
    })),
  )
const find = (kind: string, name: string) =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)
const pods = manifests.flatMap(({ spec }) => {
  const template = spec?.template ?? spec?.jobTemplate?.spec.template
  return template ? [template.spec] : []
})
const containers = pods.flatMap((pod) => pod.containers)

test('the API of Kubernetes takes every manifest', async () => {
  expect(manifests.map(({ kind }) => kind).toSorted()).toEqual([
    'ConfigMap',
    'CronJob',
    'Deployment',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'Job',
    'NetworkPolicy',
    'NetworkPolicy',
    'PersistentVolumeClaim',
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

type Kustomization = { resources: string[]; components?: string[]; images?: object[] }

function readKustomization(place: string) {
  const text = readFileSync(path.join(folder, place, 'kustomization.yaml'), 'utf8')
  const { resources, components = [], images }: Kustomization = parse(text)
  return {
    files: resources.map((file) => path.join(place, file)),
    components: components.map((component) => path.join(place, component)),
    images,
  }
}

test('all files are in a kustomization, but for the example of Secrets', () => {
  const named = ['.', 'migrate', 'site'].flatMap((place) => readKustomization(place).files)
  const files = new Set(manifests.map(({ file }) => file))
  expect([...files].filter((file) => !named.includes(file))).toEqual(['secret.example.yaml'])
})

test('servers, workers and the migration have image and variables of one component', () => {
  for (const place of ['.', 'migrate']) {
    expect(readKustomization(place)).toMatchObject({ components: ['site'], images: undefined })
  }
  expect(readKustomization('site').images).toMatchObject([{ name: 'galley' }])
  expect(new Set(containers.map(({ image }) => image))).toEqual(new Set(['galley']))
})

const kubectl = findProgram('kubectl') ?? ''
const none = kubectl === '' ? ' (skipped: there is no kubectl on the PATH)' : ''

test.skipIf(none)(`an overlay's image is the one that migrates, too${none}`, () => {
  const overlay = mkdtempSync(path.join(makeReports(), 'overlay-'))
  onTestFinished(() => rmSync(overlay, { recursive: true }))
  const write = (place: string, kind: string, lines: string[]) => {
    mkdirSync(path.join(overlay, place), { recursive: true })
    const version = kind === 'Component' ? 'v1alpha1' : 'v1beta1'
    const head = [`apiVersion: kustomize.config.k8s.io/${version}`, `kind: ${kind}`]
    writeFileSync(path.join(overlay, place, 'kustomization.yaml'), [...head, ...lines].join('\n'))
  }
  const base = (place: string, of: string) =>
    path.relative(path.join(overlay, place), path.join(folder, of))
  const image = `images: [{ name: registry.example.org/galley, newName: own/galley, newTag: '2' }]`
  const own = `{ apiVersion: v1, kind: ConfigMap, metadata: { name: galley }, data: { PUBLIC_ORIGIN: 'https://own' } }`
  write('site', 'Component', [image, `patches: [{ patch: "${own}" }]`])
  write('.', 'Kustomization', [`resources: [${base('.', '.')}]`, 'components: [site]'])
  write('migrate', 'Kustomization', [
    `resources: [${base('migrate', 'migrate')}]`,
    'components: [../site]',
  ])
  const made = ['.', 'migrate'].map((place) => {
    const { stdout, stderr } = spawnSync(kubectl, ['kustomize', path.join(overlay, place)], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout).toContain('PUBLIC_ORIGIN: https://own')
    return Array.from(stdout.matchAll(/^\s+(?:- )?image: (.*)$/gm), ([, name]) => name)
  })
  expect(made).toEqual([['own/galley:2', 'own/galley:2', 'own/galley:2'], ['own/galley:2']])
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

test('a backup is taken every night, to a claim that is there', () => {
  const pod = find('CronJob', 'galley-backup')?.spec?.jobTemplate?.spec.template.spec
  const volume = pod?.volumes.find(({ name }) => name === 'backups')
  expect(
    find('PersistentVolumeClaim', volume?.persistentVolumeClaim?.claimName ?? ''),
  ).toBeDefined()
  expect(pod?.containers[0]?.command?.slice(1)).toEqual([
    'apps/server/src/cli/main.ts',
    'backup',
    '--to',
    '/var/lib/galley/backups',
  ])
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

test('each pod serves metrics at a port of that name, which Prometheus looks for and may reach', () => {
  const { data } = find('ConfigMap', 'galley') ?? {}
  expect(data?.['METRICS_HOST']).toBe('0.0.0.0')
  for (const name of ['galley-server', 'galley-worker']) {
    const template = find('Deployment', name)?.spec?.template
    const metrics = { name: 'metrics', containerPort: Number(data?.['METRICS_PORT']) }
    expect(template?.spec.containers[0]?.ports).toContainEqual(metrics)
    const policy = find('NetworkPolicy', name)?.spec
    expect(template?.metadata.labels).toMatchObject(policy?.podSelector?.matchLabels ?? {})
    const open = policy?.ingress?.flatMap(({ ports }) => ports.map(({ port }) => port))
    expect(open).toEqual(name === 'galley-server' ? ['http', 'metrics'] : ['metrics'])
  }
  const prometheus = readFileSync(path.join(root, 'deploy/prometheus/kubernetes.yaml'), 'utf8')
  expect(parse(prometheus)).toMatchObject({
    scrape_configs: [{ job_name: 'galley', relabel_configs: [{ regex: 'metrics' }, {}] }],
  })
})

test('who looks after memory hears of it before a pod ends for want of it', () => {
  const rules = readFileSync(path.join(root, 'deploy/prometheus/alerts.yaml'), 'utf8')
  const [, limit] = /galley_largest_process_bytes > (\S+)/.exec(rules) ?? []
  for (const name of ['galley-server', 'galley-worker']) {
    const [container] = find('Deployment', name)?.spec?.template?.spec.containers ?? []
    const [, gibibytes] = /^(\d+)Gi$/.exec(container?.resources.limits.memory ?? '') ?? []
    expect(Number(limit)).toBeLessThan(0.85 * Number(gibibytes) * 2 ** 30)
  }
})

/** Where files may be made that see the packages of this workspace. */
function makeReports() {
  const reports = path.join(import.meta.dirname, '../../.reports')
  mkdirSync(reports, { recursive: true })
  return reports
}

/** What TypeScript says of these statements, which see the packages of this workspace. */
function check(statements: string[]): string[] {
  const place = mkdtempSync(path.join(makeReports(), 'kubernetes-'))
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
