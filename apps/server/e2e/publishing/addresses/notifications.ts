import type { Addresses } from '../addresses.ts'

export const addresses: Addresses = async () => ({
  '/notifications': '/notifications',
  '/settings/notifications': '/settings/notifications',
  '/unsubscribe': '/unsubscribe?token=a',
})
