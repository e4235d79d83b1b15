import type { RestOperation } from '../rest.ts'
import type { SecurityRequirement } from './document.ts'

/** By what a caller may be known. The cookie has no prefix where the origin is plain http. */
export const securitySchemes = (origin: string) => ({
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A personal token, `gly_...`, made by a person in the settings. It may do what its scopes name, as far as its owner may.',
  },
  jwt: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'An access token of `POST /auth/tokens`: ten minutes, for all that its person may.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: origin.startsWith('https:') ? '__Host-galley-session' : 'galley-session',
    description: 'The session of a person in a browser, from pages of this origin only.',
  },
})

/** An empty requirement is that of somebody who is signed out. Linters know scopes of OAuth alone: ours are told in words. */
export function securityOf({ meta }: RestOperation): SecurityRequirement[] {
  if (meta.scope === null) return []
  const known: SecurityRequirement[] = [{ token: [] }, { jwt: [] }, { session: [] }]
  return meta.access === 'public' ? [{}, ...known] : known
}
