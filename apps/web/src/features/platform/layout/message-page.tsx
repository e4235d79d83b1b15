import type { ReactNode } from 'react'

type MessagePageProps = {
  eyebrow: string
  title: string
  text: string
  /** Where to go from here. */
  actions: ReactNode
  children?: ReactNode
}

/** Stands where a page cannot be shown, and says why. */
export function MessagePage({ eyebrow, title, text, actions, children }: MessagePageProps) {
  return (
    <div className="page flex flex-col items-start gap-4 py-20 sm:py-28">
      <p className="eyebrow text-accent">{eyebrow}</p>
      <h1 className="headline max-w-measure text-3xl">{title}</h1>
      <p className="max-w-measure text-lg text-soft">{text}</p>
      <div className="mt-4 flex flex-wrap gap-3">{actions}</div>
      {children}
    </div>
  )
}
