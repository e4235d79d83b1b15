import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { myCredentials } from '../features/credentials/queries.ts'
import { ReviewSection } from '../features/credentials/review-section.tsx'
import { SecondFactorSection } from '../features/credentials/second-factor-section.tsx'
import { myIdentities } from '../features/identities/queries.ts'
import { PasskeySection } from '../features/passkeys/passkey-section.tsx'
import { myPasskeys } from '../features/passkeys/queries.ts'
import { useCurrentUser } from '../features/sessions/current-user.ts'
import { DeviceSection } from '../features/sessions/device-section.tsx'
import { myDevices } from '../features/sessions/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/settings/security')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(myCredentials(trpc)),
        queryClient.ensureQueryData(myPasskeys(trpc)),
        queryClient.ensureQueryData(myDevices(trpc)),
        queryClient.ensureQueryData(myIdentities(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Security', hidden: true }),
  component: Security,
})

function Security() {
  const { data } = useSuspenseQuery(myCredentials(useTRPC()))
  const since = useCurrentUser()?.reviewSince
  return (
    <>
      {since && <ReviewSection since={since} />}
      <SecondFactorSection credentials={data} />
      <PasskeySection />
      <DeviceSection />
    </>
  )
}
