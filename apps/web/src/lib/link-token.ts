import { useEffect, useState } from 'react'

/** The token of a mailed link, taken out of the address bar and the history as soon as the page is alive. */
export function useLinkToken(token: string | undefined) {
  const [kept] = useState(token)
  useEffect(() => {
    if (window.location.search) {
      window.history.replaceState(window.history.state, '', window.location.pathname)
    }
  }, [])
  return kept
}
