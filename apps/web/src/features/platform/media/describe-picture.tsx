import type { Picture } from '@galley/contract/platform/media'
import { Button } from '@galley/ui/button'
import { Checkbox } from '@galley/ui/checkbox'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input, Textarea } from '@galley/ui/field'
import { type SubmitEvent, useState } from 'react'
import { createPortal } from 'react-dom'
import { fieldsOf, messageOf } from '../../../lib/errors.ts'
import { PictureImage } from './picture-image.tsx'

export type Description = Pick<Picture, 'alt' | 'decorative' | 'caption'>

type DescribePictureProps = {
  picture: Picture | null
  fileName: string
  description: Description
  save: string
  /** Rejects with what the form is to show. */
  onSave: (description: Description) => void | Promise<void>
  onClose: () => void
}

/** What a picture shows, in words for those who cannot see it, and its caption for everybody. */
export function DescribePicture({
  picture,
  fileName,
  description,
  save,
  onSave,
  onClose,
}: DescribePictureProps) {
  const [alt, setAlt] = useState(description.alt)
  const [decorative, setDecorative] = useState(description.decorative)
  const [caption, setCaption] = useState(description.caption)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    // Not a submission of the form around it, as React sees it.
    event.stopPropagation()
    if (busy) return
    if (!decorative && alt.trim() === '') {
      setError('Say what the picture shows, or mark it as decorative.')
      return
    }
    setBusy(true)
    try {
      await onSave({ alt: decorative ? '' : alt.trim(), decorative, caption: caption.trim() })
    } catch (failure) {
      const fields = fieldsOf(failure).map(({ message }) => message)
      setError([messageOf(failure), ...fields].join(' '))
      setBusy(false)
    }
  }
  // At the end of the page: where it is asked for, there may be a form already.
  return createPortal(
    <Dialog
      title="Describe the picture"
      description="For people who cannot see it, and wherever it does not load."
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {picture && (
          <PictureImage
            picture={picture}
            alt={fileName}
            sizes="23rem"
            className="max-h-48 w-full rounded-sm bg-sunken object-contain"
          />
        )}
        <Field
          label="Alternative text"
          hint="What one would say of it on the telephone, in a sentence."
          error={error}
        >
          <Textarea
            rows={2}
            maxLength={1000}
            value={decorative ? '' : alt}
            disabled={decorative}
            onChange={(event) => {
              setAlt(event.currentTarget.value)
              setError(undefined)
            }}
          />
        </Field>
        <Checkbox
          label="Decorative: nothing is lost without it"
          checked={decorative}
          onChange={(event) => {
            setDecorative(event.currentTarget.checked)
            setError(undefined)
          }}
        />
        <Field label="Caption" hint="Shown below it. May stay empty.">
          <Input
            maxLength={500}
            value={caption}
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={busy}>
            {save}
          </Button>
        </div>
      </form>
    </Dialog>,
    document.body,
  )
}
