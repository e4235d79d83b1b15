import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, type ViewUpdate } from '@codemirror/view'
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { TextEditor, UndoStep } from '../text/text-editor.ts'
import type { TextFieldProps } from '../text/text-field.ts'
import { extensions } from './extensions.ts'
import { showOtherCarets } from './other-carets.ts'
import { pasting } from './paste.ts'
import { fromArticle, richEditor, selectionOf } from './rich-editor.ts'

type RichTextProps = TextFieldProps & {
  /** What was selected in the plain field that this one takes the place of. */
  selection: { start: number; end: number } | undefined
  hasFocus: boolean
  /** The page does not allow the styles that it needs. */
  onFailure: () => void
}

/** The text in CodeMirror. */
export function RichText(props: RichTextProps) {
  const { editor, attributes, className, others, onFailure } = props
  const host = useRef<HTMLDivElement>(null)
  const [attributesOf] = useState(() => new Compartment())
  const view = useRef<EditorView>(null)
  const changed = useEffectEvent(props.onChange)
  const selected = useEffectEvent(props.onSelect)
  const files = useEffectEvent(props.onFiles)
  const create = useEffectEvent((parent: HTMLElement) => {
    const { value, selection: { start = 0, end = start } = {} } = props
    const doc = EditorState.create({ doc: value }).doc
    return new EditorView({
      parent,
      state: EditorState.create({
        doc,
        selection: { anchor: Math.min(start, doc.length), head: Math.min(end, doc.length) },
        extensions: [
          EditorView.cspNonce.of(nonceOfPage()),
          attributesOf.of(EditorView.contentAttributes.of(attributes)),
          EditorView.contentAttributes.of(writing),
          pasting(files),
          EditorView.updateListener.of((update) => {
            const isOurs = update.transactions.some((each) => each.annotation(fromArticle))
            if (update.docChanged && !isOurs)
              changed(update.state.doc.toString(), undoStepOf(update))
            if (update.docChanged || update.selectionSet) selected(selectionOf(update.state))
          }),
          extensions,
        ],
      }),
    })
  })
  const begin = useEffectEvent(() => props.hasFocus)
  useLayoutEffect(() => {
    const parent = host.current
    if (!parent) return
    const created = create(parent)
    if (getComputedStyle(created.scrollDOM).display !== 'flex') {
      created.destroy()
      onFailure()
      return
    }
    view.current = created
    if (begin()) created.focus()
    return () => {
      view.current = null
      created.destroy()
    }
  }, [onFailure])
  useImperativeHandle<TextEditor | null, TextEditor | null>(
    editor,
    () => view.current && richEditor(view.current),
    [],
  )
  useEffect(() => {
    const set = EditorView.contentAttributes.of(attributes)
    view.current?.dispatch({ effects: attributesOf.reconfigure(set) })
  }, [attributes, attributesOf])
  useEffect(() => {
    view.current?.dispatch({ effects: showOtherCarets.of(others) })
  }, [others])
  return <div ref={host} className={className} />
}

function undoStepOf({ transactions }: ViewUpdate): UndoStep {
  if (transactions.some((each) => each.isUserEvent('undo'))) return 'undo'
  return transactions.some((each) => each.isUserEvent('redo')) ? 'redo' : undefined
}

/** What the browser and the keyboard of a telephone do for prose. */
const writing = { spellcheck: 'true', autocorrect: 'on', autocapitalize: 'sentences' }

/** With which the page's policy lets styles in; each page of somebody who is signed in has one. */
const nonceOfPage = () => document.querySelector<HTMLElement>('[nonce]')?.nonce ?? ''
