import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type RefObject, useEffect, useId, useState } from 'react'
import { useTRPC } from '../../../lib/trpc.ts'
import { suggestions } from './queries.ts'
import { type Suggestion, toSuggestions } from './suggestion-list.ts'
import { useCombobox } from './use-combobox.ts'

/** Suggestions under the search of the masthead while somebody types: people, tags and titles. */
export function Suggestions({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const router = useRouter()
  const id = useId()
  const typed = useTyped(input)
  const { data } = useQuery(suggestions(useTRPC(), typed))
  const options = typed === '' || !data ? [] : toSuggestions(data)
  const go = (to: Suggestion['link']) => {
    input.current?.form?.reset()
    void router.navigate(to)
  }
  const { isOpen, active, close } = useCombobox(input, {
    id,
    keys: options.map(({ key }) => key),
    choose(index) {
      const option = options[index]
      if (option) go(option.link)
    },
    submit: (q) => go({ to: '/search', search: { q } }),
  })
  return (
    <>
      <div
        id={id}
        role="listbox"
        aria-label="Suggestions"
        hidden={!isOpen}
        className="absolute top-full right-0 z-40 mt-1 w-80 rounded-md border border-rule bg-raised p-2 text-sm shadow-float"
      >
        {options.map(({ key, kind, text, link }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text field keeps the focus, and its keys choose
          <div
            key={key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // The text field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              close()
              go(link)
            }}
            className="flex cursor-pointer items-baseline justify-between gap-3 rounded-sm px-3 py-2 hover:bg-sunken aria-selected:bg-sunken"
          >
            <span dir="auto" className="min-w-0 truncate">
              {text}
            </span>
            <span className="shrink-0 text-xs text-soft">{kind}</span>
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {isOpen && (options.length === 1 ? '1 suggestion' : `${options.length} suggestions`)}
      </p>
    </>
  )
}

const pauseMs = 150

/** What the text field holds, after a pause. */
function useTyped(input: RefObject<HTMLInputElement | null>) {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const field = input.current
    if (!field) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => setTyped(field.value.trim())
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(read, pauseMs)
    }
    const empty = () => {
      clearTimeout(timer)
      setTyped('')
    }
    const { form } = field
    read()
    field.addEventListener('input', later)
    form?.addEventListener('reset', empty)
    return () => {
      clearTimeout(timer)
      field.removeEventListener('input', later)
      form?.removeEventListener('reset', empty)
    }
  }, [input])
  return typed
}
