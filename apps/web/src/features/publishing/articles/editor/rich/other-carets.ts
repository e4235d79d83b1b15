import { type EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import type { OtherCaret } from '../text/text-editor.ts'

/** Shows these, and no others any longer. */
export const showOtherCarets = StateEffect.define<readonly OtherCaret[]>()

/** Marks of other people. They stay with the words around them as the text changes, and are nothing to read or to select. */
export const otherCarets = [
  StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, { state, changes, effects }) {
      const shown = effects.findLast((effect) => effect.is(showOtherCarets))
      return shown ? marksOf(state, shown.value) : marks.map(changes)
    },
    provide: (field) => EditorView.decorations.from(field),
  }),
  EditorView.theme({
    '.cm-otherCaret': {
      position: 'relative',
      borderLeft: '2px solid var(--color-accent)',
      marginInline: '-1px',
      pointerEvents: 'none',
    },
    '.cm-otherCaret::after': {
      content: 'attr(data-name)',
      position: 'absolute',
      insetInlineStart: '-2px',
      bottom: '100%',
      maxWidth: '12em',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      padding: '0 0.35em',
      borderRadius: '2px',
      background: 'var(--color-accent)',
      color: 'var(--color-paper)',
      fontFamily: 'var(--font-sans)',
      fontSize: '0.6875rem',
      lineHeight: '1.4',
    },
  }),
]

function marksOf({ doc }: EditorState, carets: readonly OtherCaret[]): DecorationSet {
  const marks = carets.map(({ name, line, column }) => {
    const { from, length } = doc.line(Math.min(line, doc.lines))
    const widget = new CaretWidget(name)
    return Decoration.widget({ widget, side: 1 }).range(from + Math.min(column - 1, length))
  })
  return Decoration.set(marks, true)
}

class CaretWidget extends WidgetType {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  override eq(other: CaretWidget) {
    return other.#name === this.#name
  }

  override toDOM() {
    const mark = document.createElement('span')
    mark.className = 'cm-otherCaret'
    mark.ariaHidden = 'true'
    mark.dataset['name'] = this.#name
    return mark
  }
}
