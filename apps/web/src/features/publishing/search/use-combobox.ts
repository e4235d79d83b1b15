import { type RefObject, useEffect, useState } from 'react'

type Combobox = {
  /** Of the list; its options have it with `-` and their number. */
  id: string
  /** What tells the options apart: one that is chosen stays so while it is among them. */
  keys: readonly string[]
  choose(index: number): void
  /** Sends what is typed, where no option is chosen. */
  submit(text: string): void
}

/**
 * Makes a text field that stands in the page a combobox with a list (WAI-ARIA, "List autocomplete with manual selection"):
 * arrows walk through the options and back to the text, Enter takes one, Escape closes the list.
 */
export function useCombobox(input: RefObject<HTMLInputElement | null>, combobox: Combobox) {
  const { id, keys: options, choose, submit } = combobox
  const count = options.length
  const [isWanted, setWanted] = useState(true)
  const [chosen, setChosen] = useState<string>()
  const active = chosen === undefined ? -1 : options.indexOf(chosen)
  const isOpen = isWanted && count > 0
  const close = () => {
    setWanted(false)
    setChosen(undefined)
  }

  useEffect(() => {
    const field = input.current
    if (!field) return
    const attributes = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': String(isOpen),
      'aria-controls': id,
      'aria-activedescendant': isOpen && active >= 0 ? `${id}-${active}` : '',
    }
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value)
  }, [input, id, isOpen, active])

  useEffect(() => {
    const field = input.current
    if (!field) return
    const walk = (step: number) => {
      setWanted(true)
      // One place more than there are options: that of the text itself.
      setChosen(options[((active + 1 + step + count + 1) % (count + 1)) - 1])
    }
    const keys: Record<string, (() => void) | undefined> = {
      ArrowDown: () => walk(isOpen ? 1 : 0),
      ArrowUp: () => walk(isOpen ? -1 : 0),
      Escape: isOpen ? close : undefined,
      Enter:
        isOpen && active >= 0
          ? () => {
              close()
              choose(active)
            }
          : undefined,
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const act = event.isComposing ? undefined : keys[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    const onInput = () => setWanted(true)
    const onSubmit = (event: SubmitEvent) => {
      event.preventDefault()
      close()
      submit(field.value.trim())
    }
    const { form } = field
    field.addEventListener('keydown', onKeyDown)
    field.addEventListener('input', onInput)
    field.addEventListener('focus', onInput)
    field.addEventListener('blur', close)
    form?.addEventListener('submit', onSubmit)
    return () => {
      field.removeEventListener('keydown', onKeyDown)
      field.removeEventListener('input', onInput)
      field.removeEventListener('focus', onInput)
      field.removeEventListener('blur', close)
      form?.removeEventListener('submit', onSubmit)
    }
  })
  return { isOpen, active: isOpen ? active : -1, close }
}
