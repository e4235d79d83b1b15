/** What is taken, by its content. */
export type FileKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'pdf'

export type PictureInfo = {
  kind: Exclude<FileKind, 'pdf'>
  mime: string
  /** As it is shown: an EXIF orientation is applied. */
  width: number
  height: number
  /** 1 unless it moves. */
  frames: number
}

/** A PDF is kept as it is, and only ever sent as an attachment. */
export type FileInfo = PictureInfo | { kind: 'pdf'; mime: string }

export type Variant = {
  /** `640.webp`, the name of the file in the folder. */
  name: string
  mime: string
  width: number
  height: number
  size: number
}

export type Variants = {
  variants: Variant[]
  /** A picture of some 25 bytes, in base64, to show until the real one is there. */
  thumbhash: string
}

/** Pictures are decoded in a process of its own, one at a time; it starts when it is needed and ends when it is idle. */
export type Images = AsyncDisposable & {
  /**
   * What the file at this path is, by its content; little of it is decoded. Throws `FileRefused` for what is not taken, for
   * what is not of the type that was declared, and for pictures that are too large to decode.
   */
  inspect(
    file: string,
    options?: { declaredMime?: string | undefined; signal?: AbortSignal | undefined },
  ): Promise<FileInfo>
  /**
   * Writes smaller copies of the picture into `folder`: turned upright, in sRGB, without metadata, never larger than it is,
   * moving where it moves. `onProgress` is called with 0 to 1. Throws `FileRefused`, `ImagesUnavailable`.
   */
  makeVariants(
    file: string,
    options: {
      folder: string
      onProgress?: (part: number) => void
      signal?: AbortSignal | undefined
    },
  ): Promise<Variants>
}

export type RefusedReason =
  /** Not one of the kinds that are taken, or not known at all. */
  | 'type'
  /** An SVG: it may hold scripts. */
  | 'svg'
  /** Its content is of another type than was declared. */
  | 'mismatch'
  /** More pixels than are decoded, all frames together or on one side. */
  | 'pixels'
  /** More frames than are taken. */
  | 'frames'
  /** It moves, but its kind cannot be kept moving. */
  | 'animation'
  /** It is cut off or broken. */
  | 'broken'
  /** To decode it takes more time or memory than it may. */
  | 'complex'
  /** A PDF that would run something. */
  | 'active'

/** The message says what is wrong with the file, for the person who sent it. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly reason: RefusedReason

  constructor(reason: RefusedReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** Nothing is wrong with the file; it may be tried again. */
export class ImagesUnavailable extends Error {
  override readonly name = 'ImagesUnavailable'
  /** What the system said, such as `ENOSPC`. */
  readonly code: string | undefined

  constructor(message: string, { code, ...options }: ErrorOptions & { code?: string } = {}) {
    super(message, options)
    this.code = code
  }
}
