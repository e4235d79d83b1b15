import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { CopyButton } from '../features/platform/layout/copy-button.tsx'
import { FormResult } from '../features/platform/layout/form.tsx'
import { Section } from '../features/platform/layout/section.tsx'
import { myPrograms, myTokens } from '../features/platform/settings/account-queries.ts'
import { ProgramSection } from '../features/platform/tokens/program-section.tsx'
import { TokenForm } from '../features/platform/tokens/token-form.tsx'
import { TokenRow } from '../features/platform/tokens/token-row.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/settings/tokens')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(myTokens(trpc)),
        queryClient.ensureQueryData(myPrograms(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Tokens', hidden: true }),
  component: TokensPage,
})

/** Personal tokens for programs. */
function TokensPage() {
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

/** The token, this once. */
function NewTokenNotice({ token }: { token: string }) {
  return (
    <FormResult tone="good" title="Copy the token now. It will not be shown again.">
      <code className="font-mono text-sm break-all">{token}</code>
      <div>
        <CopyButton text={() => token} done="The token is on the clipboard.">
          Copy the token
        </CopyButton>
      </div>
    </FormResult>
  )
}
