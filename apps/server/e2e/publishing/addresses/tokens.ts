import type { Addresses } from '../addresses.ts'

export const addresses: Addresses = async ({ call, word }) => {
  await call('tokens.create', { name: word(80), scopes: ['articles:read', 'articles:write'] })
  return { '/settings/tokens': '/settings/tokens' }
}
