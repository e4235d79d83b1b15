import { describe } from 'vitest'
import { describeEnds } from './session-store/end.ts'
import { describeExpiry } from './session-store/expiry.ts'
import { describeCreateAndValidate } from './session-store/validate.ts'
import { useSessionStore, type CreateStore } from './session-store/world.ts'

/** What every SessionStore over the `sessions` table keeps to, whichever library is behind it. */
export function describeSessionStore(driver: string, create: CreateStore) {
  describe(`session store: ${driver}`, () => {
    const on = useSessionStore(create)
    describeCreateAndValidate(on)
    describeExpiry(on)
    describeEnds(on)
  })
}
