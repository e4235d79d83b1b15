import type { Addresses } from '../addresses.ts'

export const addresses: Addresses = async ({ word }) => ({
  '/search': [
    '/search',
    `/search?q=${word(200)}&tag=${word(40)}&language=de`,
    `/search?q=Rechtsschutzversicherungsgesellschaften&author=${word(30)}`,
  ],
})
