import { useSuspenseQuery } from '@tanstack/react-query'
import { Moment } from '../layout/time.tsx'
import { useTRPC } from '../../../lib/trpc.ts'
import { Pager } from '../layout/pager.tsx'
import { Section } from '../layout/section.tsx'
import { deviceName } from '../sessions/device-name.ts'
import { Row } from '../settings/row.tsx'
import { actionWords } from './action-words.ts'
import { mySecurityEvents } from './queries.ts'

/** What happened to the person's own account, last first. */
export function ActivityPage({ cursor }: { cursor: string | undefined }) {
  const { data } = useSuspenseQuery(mySecurityEvents(useTRPC(), cursor))
  return (
    <Section
      title="Activity"
      lead="What happened to your account. Change your password if something here was not you."
    >
      {data.items.length === 0 ? (
        <p className="text-sm text-soft">Nothing has been recorded yet.</p>
      ) : (
        <ul>
          {data.items.map(({ id, at, action, ip, userAgent }) => (
            <Row
              key={id}
              title={actionWords(action)}
              details={
                <>
                  <Moment timestamp={at} />
                  {ip && <span>From {ip}</span>}
                  <span title={userAgent}>{deviceName(userAgent)}</span>
                </>
              }
            />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </Section>
  )
}
