import { schemaRef, type Parameter } from './document.ts'

/** What those fields of addresses mean that mean the same everywhere; slices say it of others in their docs. */
export const fieldTexts = {
  limit: 'The most items that the response holds.',
  cursor: 'Where to go on: `page.nextCursor` of the page before. Opaque.',
  offset: 'How many items to pass over. In place of `cursor`.',
  total: 'Whether to count all items.',
  sort: 'The order: the first of these unless another is named.',
  status: 'Only in this state.',
  id: 'The id of the thing.',
  slug: 'The last part of the address of the page.',
  version: 'Only if this is still the version. Or as `If-Match`.',
}

/** Headers that requests may bring, by the name under `components`. */
export const headerParameters = {
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description:
      'The `ETag` of a response that is at hand: 304 without a body if it is still the same.',
    schema: { type: 'string', examples: ['"Qm9vdHMgYW5kIGxlYXZlcw"'] },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The version that the change is made to, `"3"`, or the whole `ETag` of a read; 412 if it no longer is. In place of the field `version`.',
    schema: { type: 'string', examples: ['"3"'] },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes it safe to send the request again: for 24 hours the same key with the same request gets the first response, and nothing happens twice.',
    schema: schemaRef('IdempotencyKey'),
  },
} as const satisfies Record<string, Parameter>
