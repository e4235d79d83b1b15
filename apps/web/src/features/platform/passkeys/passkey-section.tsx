import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { PasskeyRow } from './passkey-row.tsx'
import { myPasskeys } from './queries.ts'

/** Passkeys sign in without a password and cannot be phished. */
export function PasskeySection() {
  const { data } = useSuspenseQuery(myPasskeys(useTRPC()))
  return (
    <Section
      title="Passkeys"
      lead="Sign in without a password, with a key kept by your device or password manager."
    >
      {data.items.length > 0 && (
        <ul>
          {data.items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <AddPasskey />
    </Section>
  )
}
