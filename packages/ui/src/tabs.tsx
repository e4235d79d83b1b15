import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { tabClass, tabRowClass } from './tab-links.tsx'

type TabsProps = {
  label: string
  value: string
  onChange: (value: string) => void
  panels: { value: string; label: string; content: ReactNode }[]
}

/** One panel of several at a time; the hidden ones are not rendered. */
export function Tabs({ label, value, onChange, panels }: TabsProps) {
  return (
    <BaseTabs.Root value={value} onValueChange={(next) => onChange(String(next))}>
      <BaseTabs.List aria-label={label} className={tabRowClass}>
        {panels.map((panel) => (
          <BaseTabs.Tab
            key={panel.value}
            value={panel.value}
            className={`${tabClass} data-active:border-accent data-active:text-ink`}
          >
            {panel.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {panels.map((panel) => (
        <BaseTabs.Panel key={panel.value} value={panel.value} className="pt-6">
          {panel.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  )
}
