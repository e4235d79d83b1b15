import type { PresentPerson } from '@galley/contract/publishing/presence'
import { ImagePlus, Keyboard, ListTree, Search, TextCursorInput } from 'lucide-react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useDeferredValue,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react'
import { FilePicker } from '../../../platform/media/file-picker.tsx'
import { UploadRows } from '../../../platform/media/upload-rows.tsx'
import { useDrop } from '../../../platform/media/use-drop.ts'
import { usePlainText } from './editor-settings.ts'
import { caretsOf } from './presence/place.ts'
import { formatsAt } from './text/formats.ts'
import { Outline } from './text/outline.tsx'
import { ShortcutsDialog } from './text/shortcuts-dialog.tsx'
import { isPressed, type Shortcut } from './text/shortcuts.ts'
import { TextFacts } from './text/text-facts.tsx'
import { PlainText } from './text/plain-text.tsx'
import type { TextEditor, UndoStep } from './text/text-editor.ts'
import { ToolButton, toolClass } from './text/tool-button.tsx'
import { Toolbar } from './text/toolbar.tsx'
import { tools } from './text/tools.ts'
import { useRichText } from './text/use-rich-text.ts'
import type { BodyPictures } from './use-body-pictures.ts'
import { usePageShortcuts } from './use-page-shortcuts.ts'

type BodyFieldProps = {
  value: string
  error: string | undefined
  /** Of the text, for the browser's spelling; empty where it is not known. */
  language: string
  text: RefObject<TextEditor | null>
  pictures: BodyPictures
  /** Who else has the article open. */
  people: readonly PresentPerson[]
  onChange: (value: string) => void
  onCaret: (at: number) => void
  onFocus: () => void
  /** Tools that change the page around the text. */
  view: ReactNode
  /** What stands between the text and its count of words. */
  children: ReactNode
}

/** The Markdown, with tools for it. */
export function BodyField(props: BodyFieldProps) {
  const {
    value,
    error,
    language,
    text,
    pictures,
    people,
    onChange,
    onCaret,
    onFocus,
    view,
    children,
  } = props
  const id = useId()
  const [plain, setPlain] = usePlainText()
  const rich = useRichText(text, !plain)
  const [outline, setOutline] = useState(false)
  const [help, setHelp] = useState(false)
  const [selection, setSelection] = useState({ start: 0, end: 0 })
  const shown = useDeferredValue(value)
  const formats = useMemo(
    () => formatsAt({ text: value, ...within(value, selection) }),
    [value, selection],
  )
  const dragging = useDrop(pictures.upload)
  // A merge, the version from elsewhere, one's own text again: whatever the field does not show yet.
  useLayoutEffect(() => text.current?.setText(value), [text, value])
  usePageShortcuts({ [outlineKey]: () => setOutline(!outline), [helpKey]: () => setHelp(true) })
  const attributes = useMemo(
    () => ({
      id,
      'aria-labelledby': `${id}-label`,
      'aria-describedby': `${id}-hint${error === undefined ? '' : ` ${id}-error`}`,
      dir: 'auto',
      ...(error !== undefined && { 'aria-invalid': 'true' }),
      ...(language !== '' && { lang: language }),
    }),
    [id, error, language],
  )
  const others = useMemo(() => caretsOf(people), [people])
  const field = {
    value,
    editor: text,
    attributes,
    others,
    className:
      'font-mono text-base leading-relaxed sm:pointer-fine:text-[0.9375rem] [&_.cm-content]:min-h-[55vh]',
    onChange: (next: string, step: UndoStep) => {
      onChange(next)
      pictures.afterInput(step)
    },
    onSelect: ({ start, end }: { start: number; end: number }) => {
      setSelection({ start, end })
      onCaret(end)
    },
    onFiles: pictures.upload,
  }
  return (
    <div data-text-field className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-col gap-1.5">
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- CodeMirror's field is no form control, to which labels lead by themselves */}
        <label
          id={`${id}-label`}
          htmlFor={id}
          className="text-sm font-medium"
          onClick={() => text.current?.apply(() => null)}
        >
          Text
        </label>
        <p id={`${id}-hint`} className="text-xs text-soft">
          Markdown
          <span className="sr-only">
            . In tables and lists the Tab key moves within the text: press Escape first to leave it.
            Control or Command with / shows all shortcuts.
          </span>
        </p>
      </div>
      <div className="sticky top-16 z-10 bg-paper py-1">
        <Toolbar
          text={text}
          formats={formats}
          controls={id}
          parts={
            <FilePicker
              label="Picture files"
              button="Add pictures"
              multiple
              onFiles={pictures.upload}
              className={toolClass}
            >
              <ImagePlus aria-hidden="true" className="size-4.5" />
            </FilePicker>
          }
          view={
            <>
              {rich && (
                <ToolButton
                  label="Find and replace"
                  shortcut="Mod-f"
                  onPress={() => text.current?.find?.()}
                >
                  <Search aria-hidden="true" className="size-4.5" />
                </ToolButton>
              )}
              <ToolButton
                label="Outline"
                shortcut={outlineKey}
                expanded={outline}
                onPress={() => setOutline(!outline)}
              >
                <ListTree aria-hidden="true" className="size-4.5" />
              </ToolButton>
              {view}
              <ToolButton label="Plain text field" pressed={plain} onPress={() => setPlain(!plain)}>
                <TextCursorInput aria-hidden="true" className="size-4.5" />
              </ToolButton>
              <ToolButton
                label="Keyboard shortcuts"
                shortcut={helpKey}
                onPress={() => setHelp(true)}
              >
                <Keyboard aria-hidden="true" className="size-4.5" />
              </ToolButton>
            </>
          }
        />
        {outline && (
          <Outline
            body={shown}
            caret={selection.end}
            onChoose={(at) => text.current?.select(at, at)}
          />
        )}
      </div>
      <div
        onFocus={onFocus}
        onKeyDownCapture={(event) => runTool(event, text.current)}
        className={`rounded-sm border bg-raised px-3.5 py-2.5 focus-within:border-ink focus-within:outline-2 focus-within:outline-ink hover:border-ink ${
          error === undefined ? 'border-edge' : 'border-accent'
        } ${dragging ? 'border-ink bg-accent-wash' : ''}`}
      >
        {rich ? <rich.Field {...field} {...rich.state} /> : <PlainText {...field} />}
      </div>
      <p id={`${id}-error`} role="status" className="text-xs font-medium text-accent empty:hidden">
        {error}
      </p>
      <UploadRows list={pictures.list} uploads={pictures.uploads} />
      {children}
      <TextFacts body={shown} />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  )
}

const outlineKey: Shortcut = 'Mod-Alt-o'
const helpKey: Shortcut = 'Mod-/'

function runTool(event: KeyboardEvent, text: TextEditor | null) {
  const { nativeEvent } = event
  // The fields of find and replace stand within.
  if (!text || nativeEvent.isComposing || event.target instanceof HTMLInputElement) return
  const tool = tools.find(({ shortcut }) => shortcut && isPressed(shortcut, nativeEvent))
  if (!tool) return
  event.preventDefault()
  event.stopPropagation()
  tool.run(text)
}

/** The text may have become shorter than where the caret was. */
const within = ({ length }: string, { start, end }: { start: number; end: number }) => ({
  start: Math.min(start, length),
  end: Math.min(end, length),
})
