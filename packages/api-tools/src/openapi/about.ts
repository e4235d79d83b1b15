import type { OperationDocs } from '@galley/api/docs'
import type { RestOperation } from '../rest.ts'
import type { OpenApiDocument, SecurityRequirement } from './document.ts'

/** The head of the document. */
export const about = (origin: string): Omit<OpenApiDocument['info'], 'version'> => ({
  title: 'Galley API',
  summary: 'What this site offers to API clients.',
  description: `Plain JSON over HTTPS. The same procedures are called by tRPC.

**Who calls.** Send \`Authorization: Bearer\` with a personal token or an access token. Never with a session cookie beside it.

**Lists** return \`{ items, page: { nextCursor } }\`: \`limit\` says how many, \`cursor\` where to go on. \`Link\` names the next page.

**Errors** are \`application/problem+json\` (RFC 9457). Go by \`reason\`: it does not change. All of them are at [${origin}/api/problems](${origin}/api/problems).

**Changes.** Requests are read strictly: a field that is not described is refused. Responses may gain fields.

**Sending again.** With \`Idempotency-Key\` a write may be sent again without happening twice. With \`If-Match\` it is refused where somebody else was faster.`,
  contact: { name: 'Galley', url: origin },
  license: { name: 'MIT', identifier: 'MIT' },
})

/** What an operation says of itself in `meta.docs`. */
export function docsOf({ name, meta: { docs } }: RestOperation): OperationDocs {
  if (!docs) throw new Error(`${name} has a REST address and no meta.docs`)
  return docs
}

/** An operation has the tag of its slice: `articles` of `articles.publish`. */
export const tagOf = ({ name }: RestOperation) => name.split('.', 1)[0] ?? name

/** The tags, in the order of their first operations. */
export function tagsOf(operations: RestOperation[]) {
  const descriptions = new Map<string, string>()
  for (const operation of operations) {
    const tag = tagOf(operation)
    const { about } = docsOf(operation)
    if ((descriptions.get(tag) ?? about) !== about) {
      throw new Error(`${operation.name} describes its slice in other words than its neighbours`)
    }
    descriptions.set(tag, about)
  }
  return [...descriptions].map(([name, description]) => ({ name, description }))
}

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

/** An empty requirement is that of somebody who is signed out. Linters know scopes of OAuth alone: ours are described in words. */
export function securityOf({ meta }: RestOperation): SecurityRequirement[] {
  if (meta.scope === null) return []
  const known: SecurityRequirement[] = [{ token: [] }, { jwt: [] }, { session: [] }]
  return meta.access === 'public' ? [{}, ...known] : known
}
