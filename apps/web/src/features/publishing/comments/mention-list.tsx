import type { Byline } from '@galley/contract/platform/users'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useId, useState } from 'react'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { suggestions } from '../search/queries.ts'
import { matching, type MentionTyped, typedMention } from './mention-typed.ts'

type MentionListProps = {
  field: RefObject<HTMLTextAreaElement | null>
  /** Those who are suggested before others. */
  people: () => readonly Byline[]
}

/** People to mention, under a text field in which somebody types `@` and the beginning of a name. */
export function MentionList({ field, people }: MentionListProps) {
  const id = useId()
  const me = useCurrentUser()?.username
  const { typed, close } = useTypedMention(field)
  const asked = useAfterPause(typed?.text ?? '')
  const { data } = useQuery(suggestions(useTRPC(), asked))
  const found = asked === '' ? [] : (data?.people ?? [])
  const options = typed ? matching(typed.text, people(), found, me) : []
  const take = (index: number) => {
    const option = options[index]
    if (typed && option && field.current) insert(field.current, typed, option.username)
    close()
  }
  const active = useKeys(field, { id, count: options.length, typed, take, close })
  return (
    <>
      <div
        id={id}
        role="listbox"
        aria-label="People to mention"
        hidden={options.length === 0}
        className="absolute top-full left-0 z-40 mt-1 w-80 max-w-full rounded-md border border-rule bg-raised p-2 text-sm shadow-float"
      >
        {options.map(({ username, displayName }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text field keeps the focus, and its keys choose
          <div
            key={username}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // The text field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(index)}
            className="flex cursor-pointer items-baseline justify-between gap-3 rounded-sm px-3 py-2 hover:bg-sunken aria-selected:bg-sunken"
          >
            <bdi className="min-w-0 truncate">{displayName}</bdi>
            <span className="shrink-0 text-xs text-soft">@{username}</span>
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {options.length > 0 &&
          `${options.length === 1 ? '1 person' : `${options.length} people`} to mention: arrow keys choose, Enter takes one.`}
      </p>
    </>
  )
}

/** What is typed at the caret, if it is the beginning of a mention. */
function useTypedMention(field: RefObject<HTMLTextAreaElement | null>) {
  const [typed, setTyped] = useState<MentionTyped>()
  const close = useCallback(() => setTyped(undefined), [])
  useEffect(() => {
    const element = field.current
    if (!element) return
    const read = () => setTyped(typedMention(element.value, element.selectionEnd))
    element.addEventListener('input', read)
    element.addEventListener('click', read)
    element.addEventListener('blur', close)
    return () => {
      element.removeEventListener('input', read)
      element.removeEventListener('click', read)
      element.removeEventListener('blur', close)
    }
  }, [field, close])
  return { typed, close }
}

type Keys = {
  id: string
  count: number
  typed: MentionTyped | undefined
  take: (index: number) => void
  close: () => void
}

/** Arrows walk through the options, Enter and Tab take one, Escape closes the list. The first is chosen at once. */
function useKeys(field: RefObject<HTMLTextAreaElement | null>, keys: Keys): number {
  const { id, count, typed, take, close } = keys
  const [chosen, setChosen] = useState({ of: typed?.text, index: 0 })
  const index = chosen.of === typed?.text ? Math.min(chosen.index, count - 1) : 0
  const isOpen = count > 0

  useEffect(() => {
    const element = field.current
    if (!element) return
    // Of a text field: a combobox has one line.
    element.setAttribute('aria-autocomplete', 'list')
    element.setAttribute('aria-controls', id)
    if (isOpen) element.setAttribute('aria-activedescendant', `${id}-${index}`)
    else element.removeAttribute('aria-activedescendant')
  }, [field, id, isOpen, index])

  useEffect(() => {
    const element = field.current
    if (!element || !isOpen) return
    const walk = (step: number) =>
      setChosen({ of: typed?.text, index: (index + step + count) % count })
    const acts: Record<string, (() => void) | undefined> = {
      ArrowDown: () => walk(1),
      ArrowUp: () => walk(-1),
      Enter: () => take(index),
      Tab: () => take(index),
      Escape: close,
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, isComposing, shiftKey, ctrlKey, metaKey } = event
      const act = isComposing || shiftKey || ctrlKey || metaKey ? undefined : acts[key]
      if (act) {
        event.preventDefault()
        act()
      } else if (moves.has(key)) close()
    }
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  })
  return index
}

const moves = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])

/** As if it had been typed, so that the form takes note of it. */
function insert(field: HTMLTextAreaElement, { start, end }: MentionTyped, username: string) {
  const space = /^\s/.test(field.value.slice(end)) ? '' : ' '
  field.setRangeText(`@${username}${space}`, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

const PAUSE_MS = 150

function useAfterPause(text: string): string {
  const [after, setAfter] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAfter(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return after
}
