import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'
import { callsEnded, unexpectedCalls } from './api.ts'

// Long enough for a machine that is busy: parts are imported when they are first shown.
configure({ asyncUtilTimeout: 20_000 })

// What jsdom lacks of a browser and the components call: nothing is laid out or scrolled there.
Element.prototype.scrollIntoView = () => {}
window.scrollTo = () => {}
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
document.execCommand = () => false

/** Streams of changes, in which nothing happens. */
class SilentEventSource extends EventTarget {
  close() {}
}

let ownChannels = crypto.randomUUID()

/** Node's are heard in the threads of other test files and in the next test too, whose editors have an article of the same id. */
class OwnBroadcastChannel extends BroadcastChannel {
  constructor(name: string) {
    super(`${name} ${ownChannels}`)
  }
}
Object.assign(window, { EventSource: SilentEventSource, BroadcastChannel: OwnBroadcastChannel })

Range.prototype.getClientRects = () => Object.assign([], { item: () => null })
Range.prototype.getBoundingClientRect = () => new DOMRect()
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  })

afterEach(async () => {
  cleanup()
  await callsEnded()
  vi.unstubAllGlobals()
  localStorage.clear()
  ownChannels = crypto.randomUUID()
  const unexpected = unexpectedCalls()
  if (unexpected.length > 0)
    throw new Error(`No handler of the test expects ${unexpected.join(', ')}`)
})
