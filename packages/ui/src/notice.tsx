import { CircleAlert, CircleCheck, Info } from 'lucide-react'
import type { ReactNode, Ref } from 'react'

const tones = {
  info: { box: 'border-rule bg-sunken', Icon: Info },
  good: { box: 'border-good/40 bg-good-wash', Icon: CircleCheck },
  warn: { box: 'border-warn/40 bg-warn-wash', Icon: CircleAlert },
  bad: { box: 'border-accent/40 bg-accent-wash', Icon: CircleAlert },
}

type NoticeProps = {
  tone?: keyof typeof tones
  title: string
  children?: ReactNode
  ref?: Ref<HTMLDivElement>
}

/** A message in the page. Warnings and errors are announced at once, the others when there is time. */
export function Notice({ tone = 'info', title, children, ref }: NoticeProps) {
  const { box, Icon } = tones[tone]
  const urgent = tone === 'warn' || tone === 'bad'
  return (
    <div
      ref={ref}
      role={urgent ? 'alert' : 'status'}
      tabIndex={-1}
      className={`flex gap-3 rounded-sm border px-4 py-3 text-sm ${box}`}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0" />
      <div className="flex min-w-0 flex-col gap-2">
        <p className="font-medium">{title}</p>
        {children}
      </div>
    </div>
  )
}
