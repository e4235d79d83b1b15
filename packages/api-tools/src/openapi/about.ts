import type { OpenApiDocument } from './document.ts'

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
