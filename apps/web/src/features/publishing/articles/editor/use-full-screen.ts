import { useEffect, useState } from 'react'
import './full-screen.css'

/**
 * The text alone: the page's other parts are away (full-screen.css), and where the browser can, its own are too. Escape, or
 * leaving the browser's full screen in another way, brings them back.
 */
export function useFullScreen() {
  const [full, setFull] = useState(false)
  useEffect(() => {
    if (!full) return
    const root = document.documentElement
    root.dataset['fullScreen'] = ''
    const asked = root.requestFullscreen?.().catch(() => {})
    const leave = () => {
      if (!document.fullscreenElement) setFull(false)
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) setFull(false)
    }
    document.addEventListener('fullscreenchange', leave)
    window.addEventListener('keydown', escape)
    return () => {
      delete root.dataset['fullScreen']
      document.removeEventListener('fullscreenchange', leave)
      window.removeEventListener('keydown', escape)
      void exitAfter(asked)
    }
  }, [full])
  return [full, () => setFull(!full)] as const
}

/** Once the browser is there, or has refused: before, there is nothing to leave. */
async function exitAfter(asked: Promise<void> | undefined) {
  await asked
  if (document.fullscreenElement) await document.exitFullscreen()
}
