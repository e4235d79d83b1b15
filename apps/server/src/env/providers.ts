import { isLoopback } from '@galley/auth/loopback'
import { ProviderName } from '@galley/contract/platform/identities'
import { z } from 'zod'
import { jsonList } from './site.ts'

const GithubUrl = z
  .string()
  .refine(isTrustworthy, 'it must be an https:// address (http:// only for this machine)')
  .transform((value) => value.replace(/\/+$/, ''))

const OidcProvider = z.strictObject({
  name: ProviderName,
  label: z.string().min(1).max(40),
  issuer: z.string().refine(isTrustworthy),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
})

const OidcProviderList = jsonList(
  OidcProvider,
  50,
  'objects with name, label, issuer (https://, or http:// on this machine), clientId and clientSecret',
).refine(areUnlike, 'names must be unlike each other, and neither github nor google')

const callback = 'The address to register there is PUBLIC_ORIGIN/auth/<name>/callback.'

/** Where people may have accounts that they sign in with; none unless one is configured. */
export const providerVariables = {
  GITHUB_CLIENT_ID: z
    .string()
    .optional()
    .describe(`For "Continue with GitHub": the client id of an OAuth app at GitHub. ${callback}`),
  GITHUB_CLIENT_SECRET: z
    .string()
    .optional()
    .describe('The client secret that belongs to GITHUB_CLIENT_ID.'),
  GITHUB_URL: GithubUrl.default('https://github.com').describe(
    'Where GitHub is; another address for a GitHub Enterprise Server.',
  ),
  GITHUB_API_URL: GithubUrl.default('https://api.github.com').describe(
    'Where the API of that GitHub is; https://<server>/api/v3 for a GitHub Enterprise Server.',
  ),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .describe(`For "Continue with Google": the client id of a web application there. ${callback}`),
  GOOGLE_CLIENT_SECRET: z
    .string()
    .optional()
    .describe('The client secret that belongs to GOOGLE_CLIENT_ID.'),
  OIDC_PROVIDERS: OidcProviderList.default([]).describe(
    `Further OpenID providers as a JSON list, [{"name":"company","label":"Company","issuer":"https://id.company.example","clientId":"...","clientSecret":"..."}]. ${callback}`,
  ),
}

/** What the variables of providers lack together. */
export function providerProblems(env: Partial<Record<string, unknown>>): string[] {
  return ['GITHUB', 'GOOGLE'].flatMap((provider) => {
    const [id, secret] = [`${provider}_CLIENT_ID`, `${provider}_CLIENT_SECRET`]
    const isWhole = Boolean(env[id]) === Boolean(env[secret])
    return isWhole ? [] : [`${id} and ${secret} must be set both, or neither.`]
  })
}

function areUnlike(providers: { name: string }[]) {
  const names = [...providers.map(({ name }) => name), 'github', 'google']
  return new Set(names).size === names.length
}

function isTrustworthy(value: string) {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username || url.password || url.search || url.hash) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
