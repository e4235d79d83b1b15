import { z } from 'zod'

/** `id:key` separated by commas, the newest first; a key is 32 bytes in base64. The messages never repeat a key. */
export const EncryptionKeys = z.string().transform((value, ctx) => {
  const keys = value.split(',').map((part) => toKey(part.trim()))
  const ids = new Set(keys.map((key) => key?.id))
  if (keys.every((key) => key !== undefined) && ids.size === keys.length) return keys
  ctx.addIssue({
    code: 'custom',
    message: 'each part must be id:key, ids unlike each other, keys of 32 bytes in base64',
  })
  return z.NEVER
})

function toKey(part: string) {
  const [, id, encoded] = /^([\w-]{1,32}):([\w+/-]{43}=?)$/.exec(part) ?? []
  if (id === undefined || encoded === undefined) return undefined
  const key = Buffer.from(encoded, 'base64')
  return key.length === 32 ? { id, key } : undefined
}
