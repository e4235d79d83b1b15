import type { MediaQuota, MediaView } from '@galley/contract/platform/media'
import { errorReasons } from '@galley/contract/errors'
import { messageOf, reasonOf } from '../../../lib/errors.ts'
import { type sendFile, UploadError } from '../../../lib/upload.ts'

export type Upload = {
  /** Of this page: the server gives the file another one. */
  key: string
  name: string
  /** Waits for its turn, is sent, is scanned and made smaller by the server, or is over. */
  phase: 'waiting' | 'sending' | 'processing' | 'ready' | 'failed'
  /** How much has been sent, from 0 to 1. */
  sent: number
  /** As the server returned it last; null before all of it has arrived. */
  media: MediaView | null
  /** Why it failed, in words; what the scanner or the server waits for while it is processed. */
  message: string | null
}

export type UploadCalls = {
  send: typeof sendFile
  load: (id: string, signal: AbortSignal) => Promise<MediaView>
  /** Gives up what has arrived already. */
  discard: (id: string) => Promise<unknown>
  quota: () => Promise<Pick<MediaQuota, 'types' | 'maxFileBytes'>>
}

export type UploadEvents = {
  onReady?: (upload: Upload, media: MediaView) => void
  /** It will not come: cancelled, or dismissed after it failed. */
  onGone?: (upload: Upload) => void
}

/** More at once would only make each of them slower. */
const AT_ONCE = 2

const FIRST_LOOK_MS = 500
const LAST_LOOK_MS = 4_000

type Entry = { upload: Upload; file: File; abort: AbortController; events: UploadEvents }

/** Files on their way into the media library: some at once, each can be cancelled, and sent again where it failed. */
export class UploadList {
  readonly #calls: UploadCalls
  readonly #listeners = new Set<() => void>()
  #entries: Entry[] = []
  #uploads: readonly Upload[] = []
  #announcement = ''

  constructor(calls: UploadCalls) {
    this.#calls = calls
  }

  getSnapshot = () => this.#uploads

  /** One sentence for the last thing that happened: begun, there, failed. Percentages would be noise. */
  getAnnouncement = () => this.#announcement

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  add = (file: File, events: UploadEvents = {}): Upload => {
    const upload: Upload = {
      key: randomKey(),
      name: file.name || 'picture',
      phase: 'waiting',
      sent: 0,
      media: null,
      message: null,
    }
    this.#entries = [...this.#entries, { upload, file, abort: new AbortController(), events }]
    this.#announcement = `Uploading ${upload.name}.`
    this.#publish()
    this.#startNext()
    return upload
  }

  retry = (key: string) => {
    const entry = this.#find(key)
    if (entry?.upload.phase !== 'failed') return
    entry.abort = new AbortController()
    // What has arrived is not sent once more.
    const { media } = entry.upload
    const arrived = media?.state === 'refused' ? null : media
    this.#set(entry, { phase: 'waiting', sent: 0, media: arrived, message: null })
    this.#startNext()
  }

  /** Stops it, or takes one that is over off the list. */
  remove = (key: string) => {
    const entry = this.#find(key)
    if (!entry) return
    this.#entries = this.#entries.filter((other) => other !== entry)
    this.#publish()
    const { media, phase } = entry.upload
    if (phase === 'ready') return
    entry.abort.abort(new Error('cancelled'))
    if (media && phase === 'processing') void this.#calls.discard(media.id).catch(() => {})
    entry.events.onGone?.(entry.upload)
    this.#startNext()
  }

  /** Whether something would be lost if the page were left now. */
  isBusy = () => this.#uploads.some(({ phase }) => phase === 'waiting' || phase === 'sending')

  /** The page is left: what is under way is stopped, and nobody is told. */
  stop = () => {
    for (const { abort } of this.#entries) abort.abort(new Error('left'))
  }

  #startNext() {
    const sending = this.#entries.filter(({ upload }) => upload.phase === 'sending').length
    const waiting = this.#entries.filter(({ upload }) => upload.phase === 'waiting')
    for (const entry of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void this.#run(entry)
  }

  async #run(entry: Entry) {
    const { events, abort, upload } = entry
    this.#set(entry, { phase: 'sending' })
    try {
      const media = upload.media ?? (await this.#send(entry))
      this.#set(entry, { phase: 'processing', sent: 1, media })
      this.#startNext()
      const ready = await this.#untilReady(entry, media)
      this.#set(entry, { phase: 'ready', media: ready, message: null })
      events.onReady?.(entry.upload, ready)
    } catch (error) {
      if (abort.signal.aborted) return
      const isGone = reasonOf(error) === 'media/not-found'
      this.#set(entry, {
        phase: 'failed',
        message: messageOf(error),
        ...(isGone && { media: null }),
      })
      this.#startNext()
    }
  }

  async #send(entry: Entry): Promise<MediaView> {
    const { file, abort } = entry
    refuseUnfit(file, await this.#calls.quota())
    const onProgress = (sent: number) => this.#set(entry, { sent })
    return this.#calls.send(file, { onProgress, signal: abort.signal })
  }

  /** Looks again and again, ever less often, until the server is done with it. */
  async #untilReady(entry: Entry, arrived: MediaView): Promise<MediaView> {
    const { signal } = entry.abort
    let media = arrived
    for (
      let pause = FIRST_LOOK_MS;
      media.state !== 'ready';
      pause = Math.min(pause * 1.5, LAST_LOOK_MS)
    ) {
      this.#set(entry, { media, message: media.reason && wordsFor(media.reason) })
      if (media.state === 'refused') throw new UploadError(wordsFor(media.reason))
      await new Promise((resolve) => setTimeout(resolve, pause))
      signal.throwIfAborted()
      media = await this.#calls.load(media.id, signal)
    }
    return media
  }

  #find = (key: string) => this.#entries.find(({ upload }) => upload.key === key)

  #set(entry: Entry, change: Partial<Upload>) {
    const { phase: before } = entry.upload
    entry.upload = { ...entry.upload, ...change }
    const { name, phase, message } = entry.upload
    if (phase !== before && phase === 'ready') this.#announcement = `${name} is there.`
    if (phase !== before && phase === 'failed') {
      this.#announcement = `${name} was not uploaded. ${message ?? ''}`
    }
    this.#publish()
  }

  #publish() {
    this.#uploads = this.#entries.map(({ upload }) => upload)
    for (const listener of this.#listeners) listener()
  }
}

// Not `randomUUID`: browsers have that on https only.
const randomKey = () =>
  (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0).toString(16).padStart(8, '0')

/** Said at once, and not after all of it has been sent. */
function refuseUnfit(
  file: File,
  { types, maxFileBytes }: Awaited<ReturnType<UploadCalls['quota']>>,
) {
  if (file.type === 'image/svg+xml') throw refused('media/svg-refused')
  if (file.type !== '' && !types.some((type) => type === file.type)) {
    throw refused('media/unsupported-type')
  }
  if (file.size > maxFileBytes) {
    const message = `The file is too large: ${sizeOf(file.size)}, where ${sizeOf(maxFileBytes)} are allowed.`
    throw new UploadError(message, 'media/too-large')
  }
}

const refused = (reason: keyof typeof errorReasons) =>
  new UploadError(errorReasons[reason].message, reason)

/** What the reason of a file that is refused, or not ready yet, means. */
export function wordsFor(reason: string | null): string {
  return (
    Object.entries(errorReasons).find(([name]) => name === reason)?.[1].message ??
    'The file could not be processed.'
  )
}

const sizes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** `240 kB`, `1.5 MB`: in decimal units, as systems and shops count. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${sizes.format(Math.round(bytes / 1_000))} kB`
  if (bytes < 1_000_000_000) return `${sizes.format(bytes / 1_000_000)} MB`
  return `${sizes.format(bytes / 1_000_000_000)} GB`
}
