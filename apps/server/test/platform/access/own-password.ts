import { createPasswordHasher } from '@galley/auth/passwords'

export const ownPassword = 'seventeen blue herons'

let hash: Promise<string> | undefined

/** Its hash, made once: the work is meant to be slow. */
export const ownPasswordHash = () => (hash ??= createPasswordHasher().hash(ownPassword))
