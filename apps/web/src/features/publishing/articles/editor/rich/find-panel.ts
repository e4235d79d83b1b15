import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search'
import {
  runScopeHandlers,
  type Command,
  type EditorView,
  type Panel,
  type ViewUpdate,
} from '@codemirror/view'

const fieldClass =
  'min-h-11 w-full min-w-0 rounded-sm border border-edge bg-raised px-2.5 text-base sm:pointer-fine:min-h-9 sm:pointer-fine:text-sm'
const buttonClass =
  'inline-flex min-h-11 items-center rounded-sm border border-edge px-2.5 text-xs font-medium hover:border-ink hover:bg-sunken sm:pointer-fine:min-h-9'

/** More matches are not counted. */
const MOST_MATCHES = 1_000

/** Find and replace, above the text: a form of its own, that Escape closes. */
export function findPanel(view: EditorView): Panel {
  const find = input(getSearchQuery(view.state).search)
  find.setAttribute('main-field', 'true')
  const replace = input(getSearchQuery(view.state).replace)
  const exactCase = checkbox('Match case', getSearchQuery(view.state).caseSensitive)
  const wholeWords = checkbox('Whole words', getSearchQuery(view.state).wholeWord)
  const found = element('p', 'min-w-24 text-xs text-soft tabular-nums')
  found.setAttribute('role', 'status')

  const query = () =>
    new SearchQuery({
      search: find.value,
      replace: replace.value,
      caseSensitive: exactCase.box.checked,
      wholeWord: wholeWords.box.checked,
      literal: true,
    })
  const commit = () => {
    if (!query().eq(getSearchQuery(view.state))) {
      view.dispatch({ effects: setSearchQuery.of(query()) })
    }
  }
  const run = (command: Command) => () => {
    commit()
    command(view)
    say()
  }
  const say = () => (found.textContent = wordsFor(view))

  const dom = element('div', 'flex flex-wrap items-end gap-2 border-b border-rule py-2 font-sans')
  dom.setAttribute('role', 'search')
  dom.setAttribute('aria-label', 'Find in the text')
  dom.append(
    labelled('Find', find),
    labelled('Replace with', replace),
    row(
      button('Next', run(findNext)),
      button('Previous', run(findPrevious)),
      button('Replace', run(replaceNext)),
      button('Replace all', run(replaceAll)),
      button('Close', () => closeSearchPanel(view)),
    ),
    row(exactCase.label, wholeWords.label, found),
  )
  dom.addEventListener('input', () => {
    commit()
    say()
  })
  dom.addEventListener('keydown', (event) => {
    // Those keys are the input method's.
    if (event.isComposing) return
    if (runScopeHandlers(view, event, 'find')) event.preventDefault()
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault()
      if (event.target === replace) run(replaceNext)()
      else run(event.shiftKey ? findPrevious : findNext)()
    }
  })
  const take = (update: ViewUpdate) => {
    for (const effect of update.transactions.flatMap(({ effects }) => effects)) {
      if (effect.is(setSearchQuery) && !effect.value.eq(query())) {
        find.value = effect.value.search
        replace.value = effect.value.replace
      }
    }
    if (update.docChanged) say()
  }
  return {
    dom,
    top: true,
    mount: () => {
      find.select()
      say()
    },
    update: take,
  }
}

/** How many there are, and which of them is selected. */
function wordsFor({ state }: EditorView): string {
  const query = getSearchQuery(state)
  if (!query.valid) return ''
  const { from, to } = state.selection.main
  let count = 0
  let current = 0
  const cursor = query.getCursor(state)
  for (let step = cursor.next(); !step.done; step = cursor.next()) {
    count += 1
    if (count > MOST_MATCHES) return `More than ${MOST_MATCHES} found`
    if (step.value.from === from && step.value.to === to) current = count
  }
  if (count === 0) return 'Nothing found'
  return current > 0 ? `${current} of ${count}` : `${count} found`
}

function input(value: string) {
  const field = element('input', fieldClass)
  field.type = 'text'
  field.autocomplete = 'off'
  field.spellcheck = false
  field.dir = 'auto'
  field.value = value
  return field
}

function labelled(text: string, field: HTMLInputElement) {
  const label = element('label', 'flex grow basis-40 flex-col gap-1 text-xs text-soft')
  label.append(text, field)
  return label
}

function checkbox(text: string, checked: boolean) {
  const label = element(
    'label',
    'inline-flex min-h-11 items-center gap-2 text-xs sm:pointer-fine:min-h-9',
  )
  const box = element('input', 'size-4')
  box.type = 'checkbox'
  box.checked = checked
  label.append(box, text)
  return { label, box }
}

function button(text: string, onPress: () => void) {
  const made = element('button', buttonClass)
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', onPress)
  return made
}

function row(...children: HTMLElement[]) {
  const made = element('div', 'flex flex-wrap items-center gap-2')
  made.append(...children)
  return made
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string) {
  const made = document.createElement(name)
  made.className = className
  return made
}
