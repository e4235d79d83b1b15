import type { Device } from '@galley/contract/platform/sessions'
import { Badge } from '@galley/ui/badge'
import { Button } from '@galley/ui/button'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { Moment } from '../layout/time.tsx'
import { myDevices, useRefreshAccount } from '../settings/account-queries.ts'
import { RemoveButton, Row } from '../settings/row.tsx'
import { deviceName } from './device-name.ts'

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

const methods = { password: 'By password', passkey: 'By passkey', identity: 'By another account' }

function DeviceRow({ device }: { device: Device }) {
  const refresh = useRefreshAccount()
  const revoke = useMutation(
    useTRPC().sessions.revoke.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The device is signed out.' })
      },
      onError: notifyFailure('The device is still signed in.'),
    }),
  )
  const { id, current, method, lastSeenAt, createdAt, ip, userAgent } = device
  const name = deviceName(userAgent)
  return (
    <Row
      title={
        <>
          <span title={userAgent}>{name}</span>
          {current && <Badge tone="good">This device</Badge>}
        </>
      }
      details={
        <>
          <span>
            Last seen <Moment timestamp={lastSeenAt} />
          </span>
          <span>From {ip}</span>
          <span>
            {methods[method]}, <Moment timestamp={createdAt} />
          </span>
        </>
      }
      actions={
        !current && (
          <Button
            variant="line"
            size="small"
            busy={revoke.isPending}
            onClick={() => revoke.mutate({ id })}
          >
            Sign out<span className="sr-only"> {name}</span>
          </Button>
        )
      }
    />
  )
}
