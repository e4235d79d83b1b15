import type { MediaView } from '@galley/contract/platform/media'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { reasonOf } from '../../../lib/errors.ts'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { UseList } from './media-uses.tsx'

type DeleteMediaProps = { media: MediaView; onClose: () => void }

/** Asks, says what will be missing where, then deletes a file for good. */
export function DeleteMedia({ media: { id, fileName, useCount }, onClose }: DeleteMediaProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.media.delete.mutationOptions({
      onSuccess: async () => {
        onClose()
        queryClient.removeQueries(trpc.media.get.queryFilter({ id }))
        await queryClient.invalidateQueries(trpc.media.pathFilter())
        void notify({ title: 'The file is deleted.' })
      },
      onError: async (error) => {
        // Used since this page was loaded: asked again, with where.
        if (reasonOf(error) === 'media/in-use') {
          await queryClient.invalidateQueries(trpc.media.pathFilter())
        }
        notifyFailure('The file was not deleted.')(error)
      },
    }),
  )
  const isUsed = useCount > 0
  return (
    <ConfirmDialog
      title={`Delete “${fileName}”?`}
      description={
        isUsed ? (
          <>
            It will be missing where it is used:
            <UseList id={id} />
            This cannot be undone.
          </>
        ) : (
          'It is not used anywhere. This cannot be undone.'
        )
      }
      cancel="Keep it"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate({ id, force: isUsed })}
    />
  )
}
