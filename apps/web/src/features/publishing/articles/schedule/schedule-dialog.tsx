import type { ArticleSchedule } from '@galley/contract/publishing/article-steps'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input, Select } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { type SubmitEvent, useState } from 'react'
import { formatWall, momentsOf, type Moments, offsetName, wallTimeOf } from './wall-time.ts'

type Time = Pick<ArticleSchedule, 'at' | 'zone'>

type ScheduleDialogProps = {
  action: ArticleSchedule['action']
  /** The time that is set. */
  current: Time | null
  busy: boolean
  onClose: () => void
  onChosen: (time: Time) => void
}

const HOUR_MS = 60 * 60_000

/** Asks for a time of the writer's own clock, and says where their clock has none such, or two. */
export function ScheduleDialog({ action, current, busy, onClose, onChosen }: ScheduleDialogProps) {
  const [zone, setZone] = useState(() => current?.zone ?? ownZone())
  const [wall, setWall] = useState(() =>
    wallTimeOf(current ? new Date(current.at) : nextHour(), zone),
  )
  const [takesSecond, setTakesSecond] = useState(false)
  const [error, setError] = useState<string>()
  const moments = momentsOf(wall, zone)
  const chosen = moments && chosenOf(moments, takesSecond)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!chosen) setError('Must be a date and a time.')
    else if (isPast(chosen)) setError('Must be in the future.')
    else if (!busy) onChosen({ at: chosen.toISOString(), zone })
  }
  return (
    <Dialog
      title={action === 'publish' ? 'Publish at a time' : 'Unpublish at a time'}
      description={
        action === 'publish'
          ? 'The article is published by itself at this time. You can still change it, and take the time back.'
          : 'Readers can no longer open the article from this time on. It becomes a draft; its comments and favourites are kept.'
      }
      onClose={onClose}
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-5">
        <Field label="Date and time" error={error}>
          <Input
            type="datetime-local"
            name="at"
            value={wall}
            onChange={({ target }) => {
              setWall(target.value)
              setError(undefined)
            }}
          />
        </Field>
        <Field label="Time zone">
          <Select name="zone" value={zone} onChange={({ target }) => setZone(target.value)}>
            {zonesWith(zone).map((name) => (
              <option key={name} value={name}>
                {name.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        </Field>
        <div aria-live="polite" className="flex flex-col gap-5">
          {moments?.kind === 'never' && (
            <Notice tone="warn" title="This time is left out on that day">
              The clocks are turned forward. {formatWall(moments.at, zone)} is taken instead.
            </Notice>
          )}
          {moments?.kind === 'twice' && (
            <Field label="This time comes twice on that day: the clocks are turned back">
              <Select
                name="which"
                value={takesSecond ? 'second' : 'first'}
                onChange={({ target }) => setTakesSecond(target.value === 'second')}
              >
                <option value="first">The first, {offsetName(moments.first, zone)}</option>
                <option value="second">The second, {offsetName(moments.second, zone)}</option>
              </Select>
            </Field>
          )}
          {chosen && (
            <p className="text-sm text-soft">
              {formatWall(chosen, zone)}, {offsetName(chosen, zone)}. In UTC:{' '}
              {formatWall(chosen, 'UTC')}.
            </p>
          )}
        </div>
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="line" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={busy}>
            {action === 'publish' ? 'Schedule' : 'Unpublish at this time'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function chosenOf(moments: Moments, takesSecond: boolean): Date {
  if (moments.kind !== 'twice') return moments.at
  return takesSecond ? moments.second : moments.first
}

const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone

const isPast = (moment: Date) => moment.getTime() <= Date.now()

/** The next full hour that is not all but over. */
const nextHour = () => new Date((Math.floor(Date.now() / HOUR_MS) + 2) * HOUR_MS)

/** All zones that the browser knows, and those that its list leaves out. */
function zonesWith(zone: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zone])].toSorted()
}
