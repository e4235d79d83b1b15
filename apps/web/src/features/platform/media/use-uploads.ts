import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTRPC, useTRPCClient } from '../../../lib/trpc.ts'
import { sendFile } from '../../../lib/upload.ts'
import { mediaQuota } from './queries.ts'
import { UploadList } from './upload-list.ts'

/** The files that this part of a page is uploading. */
export function useUploads() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const [list] = useState(
    () =>
      new UploadList({
        send: sendFile,
        load: async (id, signal) => {
          const media = await client.media.get.query({ id }, { signal })
          if (media.state === 'ready') {
            queryClient.setQueryData(trpc.media.get.queryKey({ id }), media)
            void queryClient.invalidateQueries(trpc.media.list.pathFilter())
            void queryClient.invalidateQueries(mediaQuota(trpc))
          }
          return media
        },
        discard: (id) => client.media.delete.mutate({ id }),
        quota: () => queryClient.fetchQuery(mediaQuota(trpc)),
      }),
  )
  const uploads = useSyncExternalStore(list.subscribe, list.getSnapshot, list.getSnapshot)
  useEffect(() => () => list.stop(), [list])
  return { list, uploads }
}
