import { randomBytes } from 'node:crypto'
import fastifyHelmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import { fastify } from 'fastify'
import type { Env } from './env.ts'
import { isJsonPath } from './paths.ts'

export type SecurityHeaders = {
  /** Of every response at this address: what is not for programs alone gets what pages need. */
  headersFor(url: string): Record<string, string>
  /** A nonce, and the header of the policy that lets scripts and styles with it through. */
  createNonce(): { nonce: string; policy: Record<string, string> }
  /** The policy that lets the inline scripts with these hashes (`sha256-...`) through, and nothing else that is inline. */
  policyOf(hashes: string[]): string
}

type Settings = Pick<Env, 'NODE_ENV' | 'HSTS_INCLUDE_SUBDOMAINS'> & {
  /** Where pages send files to by themselves, beside here. */
  uploadOrigin?: string | undefined
}

const YEAR_SECONDS = 365 * 24 * 60 * 60
const POLICY = 'content-security-policy'
/** Where the policy has the nonce, if there is one: first for scripts, then for styles. */
const PLACE = ` 'nonce-here'`

/**
 * The security headers of every response, whatever its status and whatever part of the server writes it (OWASP HTTP
 * Headers Cheat Sheet, ASVS 5.0 V3.4).
 */
export async function createSecurityHeaders(env: Settings): Promise<SecurityHeaders> {
  const { [POLICY]: policy = '', ...others } = await headersOf(helmetOptions(env))
  const ofPages = { ...others, [POLICY]: policy.replaceAll(PLACE, '') }
  const ofJson = {
    [POLICY]: "default-src 'none'",
    ...pick(others, ['x-content-type-options', 'strict-transport-security']),
  }
  return {
    headersFor: (url) => (isJsonPath(url) ? ofJson : ofPages),
    createNonce() {
      const nonce = randomBytes(16).toString('base64url')
      return { nonce, policy: { [POLICY]: policy.replaceAll(PLACE, ` 'nonce-${nonce}'`) } }
    },
    policyOf(hashes) {
      const sources = hashes.map((hash) => ` '${hash}'`).join('')
      return policy.replace(PLACE, sources).replace(PLACE, '')
    },
  }
}

/** What means something for JSON, which is neither shown nor framed nor linked from. */
const pick = (headers: Record<string, string>, names: string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)))

/** What helmet sets, which is the same for every request: computed once, since helmet parses its policy each time. */
async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  await using app = fastify()
  await app.register(fastifyHelmet, options)
  app.get('/', (_request, reply) => {
    const set = Object.entries(reply.raw.getHeaders())
    return Object.fromEntries(set.map(([name, value]) => [name, String(value)]))
  })
  const response = await app.inject('/')
  return response.json<Record<string, string>>()
}

function helmetOptions(env: Settings): FastifyHelmetOptions {
  const nonce = PLACE.trim()
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", nonce],
        styleSrc: ["'self'", nonce],
        imgSrc: ["'self'", 'https:', 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...(env.uploadOrigin === undefined ? [] : [env.uploadOrigin])],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: env.NODE_ENV === 'production' && {
      maxAge: YEAR_SECONDS,
      includeSubDomains: env.HSTS_INCLUDE_SUBDOMAINS === 'yes',
    },
    xFrameOptions: { action: 'deny' },
  }
}
