import { useState } from 'react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { NewTokenNotice } from './new-token-notice.tsx'
import { ProgramSection } from './program-section.tsx'
import { myTokens } from './queries.ts'
import { TokenForm } from './token-form.tsx'
import { TokenRow } from './token-row.tsx'

/** Personal tokens for programs. */
export function TokensPage() {
  const { data } = useSuspenseQuery(myTokens(useTRPC()))
  const [token, setToken] = useState<string>()
  return (
    <>
      <Section
        title="Your tokens"
        lead={
          data.items.length === 0
            ? 'You have no tokens. A token lets a program act for you, within its scopes.'
            : 'A token lets a program act for you, within its scopes.'
        }
      >
        {token !== undefined && <NewTokenNotice key={token} token={token} />}
        {data.items.length > 0 && (
          <ul>
            {data.items.map((item) => (
              <TokenRow key={item.id} token={item} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="New token">
        <TokenForm onCreated={setToken} />
      </Section>
      <ProgramSection />
    </>
  )
}
