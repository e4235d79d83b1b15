import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { useId, useState } from 'react'
import type { DraftStore } from './draft-store.ts'
import type { Choice, Conflict } from './merge/merge-content.ts'

type ConflictDialogProps = {
  store: DraftStore
  /** Who wrote the other text; null where that is not known, or was the same person elsewhere. */
  by: string | null
  onClose: () => void
}

/** Both texts side by side, wherever both changed the same: one or the other is chosen, of the text also both. */
export function ConflictDialog({ store, by, onClose }: ConflictDialogProps) {
  // The fields behind the dialog cannot change.
  const [merge] = useState(store.merge)
  const conflicts = merge?.conflicts ?? []
  const [choices, setChoices] = useState<Choice[]>(() =>
    conflicts.map(({ mayKeepBoth }) => (mayKeepBoth ? 'both' : 'mine')),
  )
  const choose = (at: number, choice: Choice) =>
    setChoices(choices.map((other, n) => (n === at ? choice : other)))
  return (
    <Dialog
      wide
      title="Bring both texts together"
      description="What was changed in one place only is merged already. Choose for what was changed in both."
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          void store.settle(choices)
        }}
      >
        <ol className="flex flex-col gap-6">
          {conflicts.map((conflict, at) => (
            <li key={`${conflict.of} ${conflict.mine} ${conflict.theirs}`}>
              <ConflictChoice
                conflict={conflict}
                by={by ?? 'The other version'}
                number={at + 1}
                choice={choices[at] ?? 'mine'}
                onChoose={(choice) => choose(at, choice)}
              />
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap justify-end gap-3">
          <Button type="button" variant="line" onClick={onClose}>
            Decide later
          </Button>
          <Button type="submit">Use this text</Button>
        </div>
      </form>
    </Dialog>
  )
}

type ChoiceProps = {
  conflict: Conflict
  by: string
  number: number
  choice: Choice
  onChoose: (choice: Choice) => void
}

function ConflictChoice({ conflict, by, number, choice, onChoose }: ChoiceProps) {
  const name = useId()
  const sides = [
    { value: 'mine' as const, label: 'Your text', text: conflict.mine },
    { value: 'theirs' as const, label: by, text: conflict.theirs },
  ]
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-medium">
        {number}. {conflict.of}
      </legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {sides.map(({ value, label, text }) => (
          <label
            key={value}
            className={`flex min-w-0 flex-col gap-2 rounded-sm border p-3 text-sm ${choice === value || choice === 'both' ? 'border-ink bg-paper' : 'border-rule bg-sunken'}`}
          >
            <span className="flex items-center gap-2 font-medium">
              <input
                type="radio"
                name={name}
                checked={choice === value}
                onChange={() => onChoose(value)}
              />
              <bdi>{label}</bdi>
            </span>
            <span
              dir="auto"
              className="max-h-60 overflow-y-auto font-mono text-xs leading-relaxed break-words whitespace-pre-wrap"
            >
              {text.trim() === '' ? <em>Nothing: it was deleted.</em> : text}
            </span>
          </label>
        ))}
      </div>
      {conflict.mayKeepBoth && (
        <label className="flex items-center gap-2 text-sm">
          <input
            type="radio"
            name={name}
            checked={choice === 'both'}
            onChange={() => onChoose('both')}
          />
          Both, one after the other
        </label>
      )}
    </fieldset>
  )
}
