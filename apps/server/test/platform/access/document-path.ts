import { fileURLToPath } from 'node:url'

export const documentPath = fileURLToPath(new URL('../../../../../docs/access.md', import.meta.url))
