import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../../../lib/errors.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { ChoosePicture } from '../../../platform/media/choose-picture.tsx'
import { mediaItem } from '../../../platform/media/queries.ts'
import type { Content, ContentErrors } from './content.ts'
import { FocalPoint } from './focal-point.tsx'

type CoverFieldProps = {
  content: Pick<Content, 'coverUrl' | 'coverMediaId' | 'coverFocus'>
  errors: ContentErrors
  onChange: (change: Partial<CoverFieldProps['content']>) => void
}

/** The picture above the text: one of the library, with the point that stays in view, or one from elsewhere. */
export function CoverField({ content, errors, onChange }: CoverFieldProps) {
  const { coverMediaId, coverUrl } = content
  const [choosing, setChoosing] = useState(false)
  const error = errors.coverMediaId ?? errors.coverFocus
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-1.5 text-sm font-medium">Cover</legend>
      {coverMediaId && <ChosenCover id={coverMediaId} content={content} onChange={onChange} />}
      {error && (
        <p role="alert" className="text-xs font-medium text-accent">
          {error}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="line"
          size="small"
          aria-invalid={error !== undefined}
          onClick={() => setChoosing(true)}
        >
          {coverMediaId ? 'Choose another picture' : 'Choose a picture'}
        </Button>
        {coverMediaId && (
          <Button
            variant="quiet"
            size="small"
            onClick={() => onChange({ coverMediaId: null, coverFocus: null })}
          >
            Remove the cover
          </Button>
        )}
      </div>
      {!coverMediaId && (
        <Field
          label="Cover picture"
          hint="Or the address of an image: https://…, or a path of this site such as /images/covers/a.svg."
          error={errors.coverUrl}
        >
          <Input
            inputMode="url"
            spellCheck={false}
            value={coverUrl}
            onChange={(event) => onChange({ coverUrl: event.currentTarget.value })}
          />
        </Field>
      )}
      {choosing && (
        <ChoosePicture
          title="Cover picture"
          onClose={() => setChoosing(false)}
          onChoose={({ id }) => {
            setChoosing(false)
            onChange({ coverMediaId: id, coverFocus: null })
          }}
        />
      )}
    </fieldset>
  )
}

const middle = { x: 50, y: 50 }

function ChosenCover({
  id,
  content: { coverFocus },
  onChange,
}: Pick<CoverFieldProps, 'content' | 'onChange'> & { id: string }) {
  const { data, error } = useQuery(mediaItem(useTRPC(), id))
  if (error) return <Notice tone="bad" title={messageOf(error)} />
  if (!data?.picture) return null
  return (
    <div className="flex flex-col gap-1.5">
      <FocalPoint
        picture={data.picture}
        value={coverFocus ?? middle}
        onChange={(focus) => onChange({ coverFocus: focus })}
      />
      <p className="text-xs text-soft">
        Click what must stay in view where the picture is cut, or move the point by the arrow keys.
      </p>
    </div>
  )
}
