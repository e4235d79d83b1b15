import { Button } from '@galley/ui/button'
import { Progress } from '@galley/ui/progress'
import { useRef, useSyncExternalStore } from 'react'
import type { Upload, UploadList } from './upload-list.ts'

type UploadRowsProps = { list: UploadList; uploads: readonly Upload[] }

/** How each upload goes, and what can be done about it; what changes is said to screen readers. */
export function UploadRows({ list, uploads }: UploadRowsProps) {
  const said = useSyncExternalStore(list.subscribe, list.getAnnouncement, list.getAnnouncement)
  const region = useRef<HTMLElement>(null)
  const remove = (key: string) => {
    list.remove(key)
    // The button that was pressed is gone with its row.
    region.current?.focus()
  }
  const shown = uploads.filter(({ phase }) => phase !== 'ready')
  return (
    <section ref={region} aria-label="Uploads" tabIndex={-1}>
      <p role="status" className="sr-only">
        {said}
      </p>
      {shown.length > 0 && (
        <ul className="flex flex-col divide-y divide-rule border-y border-rule">
          {shown.map((upload) => (
            <li key={upload.key} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <UploadState upload={upload} />
              <span className="ml-auto flex gap-2">
                {upload.phase === 'failed' && (
                  <Button
                    variant="line"
                    size="small"
                    aria-label={`Upload ${upload.name} again`}
                    onClick={() => list.retry(upload.key)}
                  >
                    Try again
                  </Button>
                )}
                <Button
                  variant="quiet"
                  size="small"
                  aria-label={
                    upload.phase === 'failed' ? `Dismiss ${upload.name}` : `Cancel ${upload.name}`
                  }
                  onClick={() => remove(upload.key)}
                >
                  {upload.phase === 'failed' ? 'Dismiss' : 'Cancel'}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function UploadState({ upload: { name, phase, sent, message } }: { upload: Upload }) {
  const isSending = phase === 'sending' && sent < 1
  return (
    <div className="flex min-w-0 grow basis-60 flex-col gap-1 text-sm">
      <bdi className="truncate font-medium">{name}</bdi>
      {phase === 'failed' ? (
        <span className="text-xs font-medium text-accent">{message}</span>
      ) : (
        <>
          <Progress
            label={`Upload of ${name}`}
            done={Math.round(sent * 100)}
            total={isSending ? 100 : null}
          />
          <span className="text-xs text-soft">{message ?? wordsFor(phase, sent)}</span>
        </>
      )}
    </div>
  )
}

function wordsFor(phase: Upload['phase'], sent: number) {
  if (phase === 'waiting') return 'Waiting'
  if (phase === 'sending' && sent < 1) return `${Math.round(sent * 100)} %`
  return 'Preparing…'
}
