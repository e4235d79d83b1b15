import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTRPC, useTRPCClient } from '../../../lib/trpc.ts'
import { sendFile } from '../../../lib/upload.ts'
import { sendDirectly } from '../../../lib/upload-direct.ts'
import { mediaQuota } from './queries.ts'
import { UploadList } from './upload-list.ts'

/** The files that this part of a page is uploading. */
export function useUploads() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const [list] = useState(() => {
    const quota = () => queryClient.fetchQuery(mediaQuota(trpc))
    const discard = (id: string) => client.media.delete.mutate({ id })
    return new UploadList({
      send: async (file, options) =>
        (await quota()).directUpload
          ? sendDirectly(file, options, {
              create: (input, signal) => client.media.createUpload.mutate(input, { signal }),
              complete: (id, signal) => client.media.completeUpload.mutate({ id }, { signal }),
              discard,
            })
          : sendFile(file, options),
      load: async (id, signal) => {
        const media = await client.media.get.query({ id }, { signal })
        if (media.state === 'ready') {
          queryClient.setQueryData(trpc.media.get.queryKey({ id }), media)
          void queryClient.invalidateQueries(trpc.media.list.pathFilter())
          void queryClient.invalidateQueries(mediaQuota(trpc))
        }
        return media
      },
      discard,
      quota,
    })
  })
  const uploads = useSyncExternalStore(list.subscribe, list.getSnapshot, list.getSnapshot)
  useEffect(() => () => list.stop(), [list])
  return { list, uploads }
}
