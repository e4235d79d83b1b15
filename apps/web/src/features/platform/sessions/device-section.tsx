import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { RemoveButton } from '../settings/remove-button.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'
import { DeviceRow } from './device-row.tsx'
import { myDevices } from './queries.ts'

/** Where the person is signed in. */
export function DeviceSection() {
  const { data } = useSuspenseQuery(myDevices(useTRPC()))
  return (
    <Section
      title="Devices"
      lead="Where you are signed in. Sign out any device that you do not recognise."
    >
      <ul>
        {data.items.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </ul>
      {data.items.length > 1 && <SignOutOthers />}
    </Section>
  )
}

function SignOutOthers() {
  const refresh = useRefreshAccount()
  const revoke = useMutation(
    useTRPC().sessions.revokeOthers.mutationOptions({
      onSuccess: async ({ count }) => {
        await refresh()
        void notify({ title: `${count} ${count === 1 ? 'device is' : 'devices are'} signed out.` })
      },
      onError: notifyFailure('The other devices are still signed in.'),
    }),
  )
  return (
    <div>
      <RemoveButton
        action="Sign out all others"
        name=""
        question="Sign out all other devices?"
        description="You stay signed in on this one only."
        busy={revoke.isPending}
        onConfirm={(close) => revoke.mutate(undefined, { onSettled: close })}
      />
    </div>
  )
}
