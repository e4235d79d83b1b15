import { Button } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { notify } from '../../../lib/notify.ts'
import { messageOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { Section } from '../layout/section.tsx'
import { Moment } from '../layout/time.tsx'
import { siteSettings } from './queries.ts'
import { inTurn } from './use-save-settings.ts'

/** Works without a script too: that is no time for one to be in the way. */
export function MaintenanceSection() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data: view } = useSuspenseQuery(siteSettings(trpc))
  const set = useMutation(
    trpc.settings.setMaintenance.mutationOptions({
      ...inTurn,
      onSuccess: (saved) => {
        queryClient.setQueryData(siteSettings(trpc).queryKey, saved)
        const text = saved.maintenanceSince ? 'Only admins are served now.' : 'Everybody is served.'
        void notify({ title: text })
      },
    }),
  )
  const since = view.maintenanceSince
  return (
    <Section
      title="Maintenance"
      lead="While it is on, everybody but admins is asked to come again later, at all servers within 5 seconds. Admins can sign in. Mails and other jobs go on."
    >
      <Form
        action="/forms/maintenance"
        failure={set.error ? messageOf(set.error) : undefined}
        submit={async (event) => {
          event.preventDefault()
          if (!set.isPending) set.mutate({ on: since === null })
        }}
      >
        {since && (
          <Notice tone="warn" title="Only admins are served.">
            <p>
              Since <Moment timestamp={since} />.
            </p>
          </Notice>
        )}
        <input type="hidden" name="on" value={since === null ? 'yes' : 'no'} />
        <Button type="submit" variant="line" busy={set.isPending} className="self-start">
          {since ? 'Serve everybody again' : 'Begin maintenance'}
        </Button>
      </Form>
    </Section>
  )
}
