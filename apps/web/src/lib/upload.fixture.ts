/** Stands in for the browser's XMLHttpRequest; a test responds in the place of the server. */
export class FakeRequest extends EventTarget {
  static last: FakeRequest | undefined
  readonly upload = new EventTarget()
  readonly headers: Record<string, string> = {}
  status = 0
  responseText = ''
  responseHeaders: Record<string, string> = {}
  sent: FormData | undefined
  sentFile: File | undefined
  aborted = false
  opened: string[] = []

  constructor() {
    super()
    FakeRequest.last = this
  }

  open(...target: string[]) {
    this.opened = target
  }

  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }

  getResponseHeader(name: string) {
    return this.responseHeaders[name] ?? null
  }

  send(body: FormData | File) {
    if (body instanceof File) this.sentFile = body
    else this.sent = body
  }

  abort() {
    this.aborted = true
    this.dispatchEvent(new Event('loadend'))
  }

  respond(status: number, body: unknown) {
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.dispatchEvent(new Event('load'))
    this.dispatchEvent(new Event('loadend'))
  }
}
