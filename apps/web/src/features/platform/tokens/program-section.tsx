import type { ProgramView } from '@galley/contract/platform/tokens'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { Day } from '../layout/time.tsx'
import { myPrograms } from '../settings/account-queries.ts'
import { Row } from '../settings/row.tsx'

/** API clients that signed in with the password; nothing where there are none. */
export function ProgramSection() {
  const { items } = useSuspenseQuery(myPrograms(useTRPC())).data
  if (items.length === 0) return null
  return (
    <Section
      title="Signed-in API clients"
      lead="API clients that signed in with your password. Sign out what you do not know."
    >
      <ul>
        {items.map((program) => (
          <ProgramRow key={program.id} program={program} />
        ))}
      </ul>
    </Section>
  )
}

function ProgramRow({ program }: { program: ProgramView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const revoke = useMutation(
    trpc.tokens.revokeProgram.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.tokens.pathFilter())
        void notify({ title: 'The API client is signed out.' })
      },
      onError: notifyFailure('The API client is still signed in.'),
    }),
  )
  const { id, userAgent, ip, createdAt, refreshedAt, expiresAt } = program
  const name = userAgent || 'An API client without a name'
  return (
    <Row
      title={name}
      details={
        <>
          <span>
            Signed in <Day timestamp={createdAt} />
          </span>
          <span>
            Last renewed <Day timestamp={refreshedAt} />
          </span>
          <span>
            Until <Day timestamp={expiresAt} />
          </span>
          <span>From {ip}</span>
        </>
      }
      actions={
        <Button
          variant="line"
          size="small"
          busy={revoke.isPending}
          onClick={() => revoke.mutate({ id })}
        >
          Sign out<span className="sr-only"> {name}</span>
        </Button>
      }
    />
  )
}
