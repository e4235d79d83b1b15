import type { ErrorReason } from '@galley/contract/errors'

// Each `code` is the reason that the caller of the API gets.

/** Rendering hit its time limit, or one of the limits that keep a hostile text from reaching it. */
export class MarkdownTooComplex extends Error {
  override readonly name = 'MarkdownTooComplex'
  readonly code = 'markdown/too-complex' satisfies ErrorReason
}

/** Too much waits to be rendered, of this holder or of all: to be tried again after a moment. */
export class RendererBusy extends Error {
  override readonly name = 'RendererBusy'
  readonly code = 'server/unavailable' satisfies ErrorReason
}
