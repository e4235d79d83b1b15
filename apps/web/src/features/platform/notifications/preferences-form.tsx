import { EmailRhythm, NotificationKind } from '@galley/contract/notification-kinds'
import type {
  NotificationPreference,
  NotificationPreferences,
} from '@galley/contract/platform/notifications'
import { Button } from '@galley/ui/button'
import { Checkbox } from '@galley/ui/checkbox'
import { Field, Select } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { LeaveGuard } from '../layout/leave-guard.tsx'
import { myPreferences } from './queries.ts'

const rhythms: Record<EmailRhythm, string> = {
  off: 'No e-mail',
  now: 'At once',
  daily: 'In a daily digest',
  weekly: 'In a weekly digest',
}

/** By which channels each kind comes. Saving also tells in which time zone the person's mornings are. */
export function PreferencesForm({ preferences }: { preferences: NotificationPreferences }) {
  const [changes, setChanges] = useState(0)
  const [savedChanges, setSavedChanges] = useState(0)
  const save = useSave()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget)
    const items = preferences.items.flatMap(({ kind }) => channelsOf(chosen, kind))
    // What is chosen while the call is under way is not in it.
    const onSuccess = () => setSavedChanges(changes)
    save.mutate({ items, timeZone: ownTimeZone() }, { onSuccess })
  }
  return (
    <form
      method="post"
      onSubmit={submit}
      onChange={() => setChanges(changes + 1)}
      className="flex flex-col gap-5"
    >
      <LeaveGuard isDirty={() => changes !== savedChanges} />
      {save.error && <Notice tone="bad" title={messageOf(save.error)} />}
      <ul>
        {preferences.items.map((item) => (
          <Kind key={item.kind} item={item} />
        ))}
      </ul>
      <p className="text-sm text-soft">
        Digests are sent at 7 in the morning
        {preferences.timeZone === null
          ? ' of UTC, until you save this page: then in your own time zone'
          : ` (${preferences.timeZone.replaceAll('_', ' ')})`}
        , weekly ones on Mondays. What you have read by then is left out.
      </p>
      <Button type="submit" busy={save.isPending} className="self-start">
        Save
      </Button>
    </form>
  )
}

function Kind({ item: { kind, meaning, inApp, email } }: { item: NotificationPreference }) {
  return (
    <li className="border-b border-rule py-4">
      <fieldset className="grid items-center gap-x-6 gap-y-3 sm:grid-cols-[1fr_auto_13rem]">
        <legend className="sr-only">{meaning}</legend>
        <span aria-hidden="true" className="text-sm font-medium">
          {meaning}
        </span>
        <Checkbox name={`${kind}:app`} defaultChecked={inApp} label="In the app" />
        <Field label="By e-mail" className="sm:[&>label]:sr-only">
          <Select name={`${kind}:email`} defaultValue={email}>
            {EmailRhythm.options.map((rhythm) => (
              <option key={rhythm} value={rhythm}>
                {rhythms[rhythm]}
              </option>
            ))}
          </Select>
        </Field>
      </fieldset>
    </li>
  )
}

/** Of a kind that this page's version knows. */
function channelsOf(chosen: FormData, name: string) {
  const { data: kind } = NotificationKind.safeParse(name)
  const { data: email } = EmailRhythm.safeParse(chosen.get(`${name}:email`))
  return kind && email ? [{ kind, email, inApp: chosen.has(`${name}:app`) }] : []
}

const ownTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

function useSave() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.notifications.updatePreferences.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(myPreferences(trpc).queryKey, saved)
        void notify({ title: 'Your choice is saved.' })
      },
    }),
  )
}
