/** Why a request has no response. `invalid` is a response that is not of the expected shape. */
type Kind = 'timeout' | 'network' | 'too-large' | 'redirect' | 'invalid'

/** The message names neither query nor headers nor body: they may hold secrets. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly kind: Kind

  constructor(kind: Kind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }

  static from(error: unknown): HttpError {
    if (error instanceof HttpError) return error
    const isTimeout =
      error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
    return isTimeout
      ? new HttpError('timeout', 'The server did not respond in time', { cause: error })
      : new HttpError('network', 'The connection failed', { cause: error })
  }
}
