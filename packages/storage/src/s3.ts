import { isIP } from 'node:net'
import { inSpan } from '@galley/tracing/span'
import type { Storage } from './storage.ts'

export type S3Options = {
  bucket: string
  region: string
  /** Where it is; AWS by the region unless set. */
  endpoint?: string | undefined
  /** `https://host/bucket/key` instead of `https://bucket.host/key`, as most servers but AWS want it. */
  pathStyle?: boolean
  /** What the SDK finds in its own places (a role of the machine) unless set. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
  /** For each request, and for all attempts of one that carries no body: 20,000. */
  timeoutMs?: number
}

/** Any store that speaks S3. The SDK takes 0.3 s and 30 MB to load, so that only its first use does. */
export function createS3Storage(options: S3Options): Storage {
  let loading: ReturnType<typeof load> | undefined
  const driver = () => (loading ??= load(options))
  const attributes = { 'rpc.system.name': 'aws-api', 'aws.s3.bucket': options.bucket }
  const traced = <Result>(verb: string, work: () => Promise<Result>) =>
    inSpan(`S3 ${verb}`, { kind: 'client', attributes }, work)

  return {
    presignedOrigin: originOf(options),
    put: (...args) => traced('put', async () => (await driver()).put(...args)),
    get: (...args) => traced('get', async () => (await driver()).get(...args)),
    head: (...args) => traced('head', async () => (await driver()).head(...args)),
    delete: (...args) => traced('delete', async () => (await driver()).delete(...args)),
    sweep: (options) => traced('sweep', async () => (await driver()).sweep(options)),
    async presignPut(...args) {
      return (await driver()).presignPut(...args)
    },
    async presignGet(...args) {
      return (await driver()).presignGet(...args)
    },
    close() {
      // What could not be loaded has been reported to those who called it.
      loading?.then((loaded) => loaded.close()).catch(() => {})
    },
  }
}

/** As the SDK finds it: AWS has the names of buckets before its host, but for those with dots, of which no certificate knows. */
function originOf({ bucket, region, endpoint, pathStyle = false }: S3Options): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const { protocol, host, hostname, origin } = new URL(endpoint ?? `https://s3.${region}.${suffix}`)
  const isAddress = isIP(hostname.replaceAll(/[[\]]/g, '')) > 0
  const isInPath = pathStyle || isAddress || (protocol === 'https:' && bucket.includes('.'))
  return isInPath ? origin : `${protocol}//${bucket}.${host}`
}

async function load(options: S3Options) {
  const { connectToS3 } = await import('./s3-driver.ts')
  return connectToS3(options)
}
