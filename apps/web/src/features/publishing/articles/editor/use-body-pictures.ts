import { type RefObject, useMemo } from 'react'
import { useUploads } from '../../../platform/media/use-uploads.ts'
import type { DraftStore } from './draft-store.ts'
import {
  insertBlocks,
  type PictureMark,
  pictureMarkdown,
  pictureMarks,
  placeholderOf,
} from './picture-marks.ts'
import type { TextEditor, UndoStep } from './text/text-editor.ts'

/**
 * The pictures of a text: each stands in it at once, by a placeholder, and is replaced when it has arrived. What became of a
 * placeholder is kept, so that undo and redo bring none of them back.
 */
export function useBodyPictures(store: DraftStore, text: RefObject<TextEditor | null>) {
  const { list, uploads } = useUploads()
  const actions = useMemo(() => {
    const outcomes = new Map<string, string>()

    const replace = (start: number, end: number, insert: string) => {
      const { body } = store.getSnapshot().content
      if (text.current) text.current.replace({ start, end, insert })
      else store.edit({ body: body.slice(0, start) + insert + body.slice(end) })
    }

    const bodyNow = () => text.current?.text() ?? store.getSnapshot().content.body

    const settle = (placeholder: string, outcome: string) => {
      outcomes.set(placeholder, outcome)
      const start = bodyNow().indexOf(placeholder)
      if (start !== -1) replace(start, start + placeholder.length, outcome)
    }

    const upload = (files: readonly File[]) => {
      const placeholders = files.map((file) => {
        let placeholder = ''
        const added = list.add(file, {
          onReady: (_, { id, alt, decorative, caption }) =>
            settle(placeholder, pictureMarkdown({ id, alt, decorative, caption })),
          onGone: () => settle(placeholder, ''),
        })
        placeholder = placeholderOf(added)
        return placeholder
      })
      insert(placeholders)
    }

    const insert = (blocks: string[]) => {
      if (text.current) text.current.apply(insertBlocks(blocks))
      else store.edit({ body: [bodyNow(), ...blocks].filter(Boolean).join('\n\n') })
    }

    /** To be called at each change of the text: undo and redo pass over what a placeholder was for a moment. */
    const afterInput = (step: UndoStep) => {
      const isOver = (body: string) => [...outcomes.keys()].some((each) => body.includes(each))
      if (step && isOver(bodyNow())) text.current?.[step]()
      for (const [placeholder, outcome] of outcomes) settle(placeholder, outcome)
    }

    const describe = (mark: PictureMark, description: Partial<PictureMark>) => {
      // The text may have changed while the dialog was open.
      const marks = pictureMarks(bodyNow()).filter(({ id }) => id === mark.id)
      const now = marks.find(({ start }) => start === mark.start) ?? marks[0]
      if (now) replace(now.start, now.end, pictureMarkdown({ ...now, ...description }))
    }

    return { upload, insert, afterInput, describe }
  }, [text, list, store])

  return { ...actions, list, uploads }
}

export type BodyPictures = ReturnType<typeof useBodyPictures>

/** The files of what is pasted; none where there is text as well, such as the picture of a text that spreadsheets add. */
export const filesOf = (data: DataTransfer): File[] =>
  data.types.includes('text/plain') ? [] : [...data.files]
