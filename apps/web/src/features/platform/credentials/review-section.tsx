import { Button } from '@galley/ui/button'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { ConnectionRow } from '../identities/connection-list.tsx'
import { Section } from '../layout/section.tsx'
import { Day } from '../layout/time.tsx'
import { PasskeyRow } from '../passkeys/passkey-section.tsx'
import { myIdentities, myPasskeys, useRefreshAccount } from '../settings/account-queries.ts'

/** After a reset: what signed in before it and still does, to keep or to remove. */
export function ReviewSection({ since }: { since: string }) {
  const trpc = useTRPC()
  const isOlder = ({ createdAt }: { createdAt: string }) => createdAt <= since
  const passkeys = useSuspenseQuery(myPasskeys(trpc)).data.items.filter(isOlder)
  const identities = useSuspenseQuery(myIdentities(trpc)).data.items.filter(isOlder)
  const refresh = useRefreshAccount()
  const finish = useMutation(
    trpc.credentials.finishReview.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'Thank you. Your account is as you want it.' })
      },
      onError: notifyFailure('This is still to do.'),
    }),
  )
  const isEmpty = passkeys.length + identities.length === 0
  return (
    <Section
      title="Check these sign-in methods"
      lead={
        <>
          Your password was reset on <Day timestamp={since} />. These were added before and still
          sign in. Remove what you do not recognise.
        </>
      }
    >
      {isEmpty ? (
        <p className="text-sm">Nothing from before the reset is left.</p>
      ) : (
        <ul>
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
          {identities.map((identity) => (
            <ConnectionRow key={identity.id} identity={identity} />
          ))}
        </ul>
      )}
      <Button className="self-start" busy={finish.isPending} onClick={() => finish.mutate()}>
        {isEmpty ? 'Done' : 'Keep these'}
      </Button>
    </Section>
  )
}
