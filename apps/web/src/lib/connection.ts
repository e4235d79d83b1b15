/** Whether the device says that it has no network. That it has one does not mean that the server can be reached. */
export const isOffline = () => typeof window !== 'undefined' && !window.navigator.onLine

export const offlineMessage = 'You are offline. Check your connection and try again.'

/**
 * A script that cannot be fetched makes the router reload the page, for a newer build may have replaced it. Without a
 * network that would only put the browser's own error page in place of ours, and what was typed would be gone.
 */
export function keepPageWhenOffline() {
  window.addEventListener('vite:preloadError', (event) => {
    if (isOffline()) event.preventDefault()
  })
}
