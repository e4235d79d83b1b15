import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fastify } from 'fastify'

export type Script = { name: string; plain: Buffer; gzipped: Buffer }

/**
 * The reference's script, 4 MB, read when somebody first opens the page. Scalar's plugin is the only way to the file, and
 * its page knows no nonce, so it is asked for the script alone, by a server that listens to nobody.
 */
export async function loadScalar(): Promise<Script> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const shell = fastify()
  await shell.register(scalar, { configuration: { url: '/' } })
  const { rawPayload: plain, statusCode } = await shell.inject('/reference/js/scalar.js')
  await shell.close()
  if (statusCode !== 200) throw new Error('Scalar has no script at its old address')
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  return { name: `scalar-${hash}.js`, plain, gzipped: await promisify(gzip)(plain) }
}
