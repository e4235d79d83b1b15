import type { MediaView } from '@galley/contract/platform/media'
import { Button } from '@galley/ui/button'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { notifyFailure } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { DescribePicture, type Description } from '../../../platform/media/describe-picture.tsx'
import { PictureImage } from '../../../platform/media/picture-image.tsx'
import { mediaItem } from '../../../platform/media/queries.ts'
import type { Content } from './content.ts'
import { lacksAlt, type PictureMark, pictureMarks } from './picture-marks.ts'
import type { BodyPictures } from './use-body-pictures.ts'

/** A picture of the text, or without a mark the cover. */
export type Undescribed = { mark: PictureMark | null; media: MediaView | undefined }

/** The pictures of an article of which neither its text nor the library says what they show. */
export function useUndescribed({ body, coverMediaId }: Content): Undescribed[] {
  const trpc = useTRPC()
  const marks = pictureMarks(body).filter(lacksAlt)
  const shown = [
    ...(coverMediaId === null ? [] : [{ id: coverMediaId, mark: null }]),
    ...marks.map((mark) => ({ id: mark.id, mark })),
  ]
  const ids = [...new Set(shown.map(({ id }) => id))]
  // One that is gone, or somebody else's, has no description to read.
  const items = useQueries({ queries: ids.map((id) => ({ ...mediaItem(trpc, id), retry: false })) })
  return shown.flatMap(({ id, mark }) => {
    const { data: media, isPending } = items[ids.indexOf(id)] ?? {}
    if (isPending || media?.decorative || media?.alt) return []
    return [{ mark, media }]
  })
}

type UndescribedPicturesProps = {
  undescribed: Undescribed[]
  /** Which of them the dialog is open for. */
  open: Undescribed | undefined
  onOpen: (picture: Undescribed | undefined) => void
  describe: BodyPictures['describe']
}

/** What a text still needs to be published: words for those who cannot see its pictures. */
export function UndescribedPictures({
  undescribed,
  open,
  onOpen,
  describe,
}: UndescribedPicturesProps) {
  const keep = useKeptDescription()
  const close = () => onOpen(undefined)
  return (
    <>
      {undescribed.length > 0 && (
        <section aria-label="Pictures without alternative text" className="flex flex-col gap-2">
          <p className="text-xs text-soft">
            {undescribed.length === 1 ? 'A picture lacks' : `${undescribed.length} pictures lack`}{' '}
            alternative text, which is needed to publish.
          </p>
          <ul className="flex flex-wrap gap-3">
            {undescribed.map((each) => (
              <li key={each.mark?.start ?? 'cover'}>
                <Button variant="line" size="small" onClick={() => onOpen(each)}>
                  {each.media?.picture && (
                    <PictureImage
                      picture={each.media.picture}
                      alt=""
                      sizes="2rem"
                      className="size-7 rounded-sm object-cover"
                    />
                  )}
                  Describe <bdi className="max-w-40 truncate">{nameOf(each)}</bdi>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {open && (
        <DescribePicture
          picture={open.media?.picture ?? null}
          fileName={nameOf(open)}
          description={{
            alt: '',
            decorative: false,
            caption: open.mark?.caption ?? open.media?.caption ?? '',
          }}
          save="Save"
          onClose={close}
          onSave={(description) => {
            close()
            if (open.mark) describe(open.mark, description)
            if (open.media) keep(open.media, description)
          }}
        />
      )}
    </>
  )
}

const nameOf = ({ media }: Undescribed) => media?.fileName ?? 'the picture'

/** Offers the first description of a picture to the texts to come; this one has it whatever comes of that. */
function useKeptDescription() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const update = useMutation(trpc.media.update.mutationOptions())
  return ({ id }: MediaView, description: Description) =>
    update.mutate(
      { id, ...description },
      {
        onSuccess: (media) => queryClient.setQueryData(mediaItem(trpc, id).queryKey, media),
        onError: notifyFailure('The description was not kept in the library.'),
      },
    )
}
