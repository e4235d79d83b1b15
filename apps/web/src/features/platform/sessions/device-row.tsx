import type { Device } from '@galley/contract/platform/sessions'
import { Badge } from '@galley/ui/badge'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { Moment } from '../layout/time.tsx'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Row } from '../settings/row.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'
import { deviceName } from './device-name.ts'

const methods = { password: 'By password', passkey: 'By passkey', identity: 'By another account' }

export function DeviceRow({ device }: { device: Device }) {
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
