import { TagList, TagSlug } from '@galley/contract/publishing/tags'
import { Field, Input } from '@galley/ui/field'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTRPC } from '../../../../lib/trpc.ts'
import { tagName } from '../../tags/tag-links.tsx'
import { tagPage } from '../../tags/queries.ts'

type TagsFieldProps = {
  tags: string[]
  error: string | undefined
  onChange: (tags: string[]) => void
}

/** Up to five tags: typed, ended by Enter or a comma, taken away by their button. */
export function TagsField({ tags, error, onChange }: TagsFieldProps) {
  const [text, setText] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const suggestions = useId()
  const input = useRef<HTMLInputElement>(null)
  const { data: known } = useQuery(tagPage(useTRPC(), undefined))

  function add() {
    if (text.trim() === '') return
    const tag = TagSlug.safeParse(text)
    const list = tag.success ? TagList.safeParse([...tags, tag.data]) : tag
    setRefusal(list.success ? undefined : list.error.issues[0]?.message)
    if (!list.success || typeof list.data === 'string') return
    onChange(list.data)
    setText('')
  }
  function onKeyDown(event: KeyboardEvent) {
    // That Enter ends a word of an input method, not the tag.
    if (event.nativeEvent.isComposing) return
    if (event.key !== 'Enter' && event.key !== ',') return
    event.preventDefault()
    add()
  }
  return (
    <div className="flex flex-col gap-2.5">
      <Field label="Tags" hint="Up to five; end each with Enter." error={refusal ?? error}>
        <Input
          ref={input}
          value={text}
          list={suggestions}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setRefusal(undefined)
          }}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
      </Field>
      <datalist id={suggestions}>
        {known?.items.map((tag) => (
          <option key={tag.slug} value={tag.slug} dir="auto">
            {tagName(tag.slug)}
          </option>
        ))}
      </datalist>
      {tags.length > 0 && (
        <ul aria-label="Tags of this article" className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex items-center rounded-sm bg-sunken pl-3 text-xs font-medium"
            >
              <bdi>{tagName(tag)}</bdi>
              <button
                type="button"
                aria-label={`Remove ${tagName(tag)}`}
                onClick={() => {
                  onChange(tags.filter((other) => other !== tag))
                  setRefusal(undefined)
                  input.current?.focus()
                }}
                className="inline-flex size-8 items-center justify-center rounded-sm text-soft hover:text-ink"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
