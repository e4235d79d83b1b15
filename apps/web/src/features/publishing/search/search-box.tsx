import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { isShortcutOn } from './shortcut.ts'

const loadSuggestions = async () => ({
  default: (await import('./suggestions.tsx')).Suggestions,
})
const Suggestions = lazy(loadSuggestions)

/** The search of the masthead: a plain form, with suggestions from when it is first used; a link where it has no room. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null)
  const [isUsed, setUsed] = useState(false)
  useEffect(() => {
    document.addEventListener('keydown', focusSearch)
    return () => document.removeEventListener('keydown', focusSearch)
  }, [])
  return (
    <>
      <Link
        to="/search"
        aria-label="Search"
        className="py-2 text-soft hover:text-ink lg:hidden print:hidden"
      >
        <Search aria-hidden="true" className="size-4" />
      </Link>
      <form
        role="search"
        action="/search"
        className="relative w-60 max-lg:hidden in-[:has(#search)]:hidden print:hidden"
      >
        <input
          ref={input}
          // Where they cannot be had, the form is what it is without them.
          onFocus={() =>
            void loadSuggestions().then(
              () => setUsed(true),
              () => {},
            )
          }
          name="q"
          type="search"
          maxLength={200}
          dir="auto"
          autoComplete="off"
          placeholder="Search"
          aria-label="Search"
          aria-keyshortcuts="/"
          className="min-h-10 w-full rounded-sm border border-edge bg-raised px-3 text-sm hover:border-ink"
        />
        {isUsed && (
          <Suspense>
            <Suggestions input={input} />
          </Suspense>
        )}
      </form>
    </>
  )
}

/** `/` goes to the search that shows, unless somebody is typing or a dialog is open. */
function focusSearch(event: KeyboardEvent) {
  const { key, target, ctrlKey, metaKey } = event
  if (key !== '/' || ctrlKey || metaKey) return
  if (target instanceof Element && target.closest(typing)) return
  if (!isShortcutOn()) return
  const boxes = document.querySelectorAll<HTMLElement>('[name=q]')
  const shown = [...boxes].find((box) => box.checkVisibility())
  if (!shown) return
  event.preventDefault()
  shown.focus()
}

const typing = 'input, textarea, select, [role*=dialog]'
