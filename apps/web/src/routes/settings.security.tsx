import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { ReviewSection } from '../features/platform/credentials/review-section.tsx'
import { SecondFactorSection } from '../features/platform/credentials/second-factor-section.tsx'
import { PasskeySection } from '../features/platform/passkeys/passkey-section.tsx'
import { useCurrentUser } from '../features/platform/sessions/current-user.ts'
import { DeviceSection } from '../features/platform/sessions/device-section.tsx'
import {
  myCredentials,
  myDevices,
  myIdentities,
  myPasskeys,
} from '../features/platform/settings/account-queries.ts'
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
