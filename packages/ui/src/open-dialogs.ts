import { useSyncExternalStore } from 'react'

let dialogs: readonly HTMLDialogElement[] = []
const listeners = new Set<() => void>()

function change(next: readonly HTMLDialogElement[]) {
  dialogs = next
  for (const listener of listeners) listener()
}

/** Shows a dialog above everything else, until what is returned is called. */
export function openDialog(element: HTMLDialogElement): () => void {
  element.showModal()
  change([...dialogs, element])
  return () => {
    change(dialogs.filter((each) => each !== element))
    // Closed, not only removed: the browser then gives the focus back to where it was.
    element.close()
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The dialog above all others, outside of which nothing can be reached; undefined where none is open. */
export const useTopDialog = () =>
  useSyncExternalStore(
    subscribe,
    () => dialogs.at(-1),
    () => undefined,
  )
