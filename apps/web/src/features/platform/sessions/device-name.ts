import { parse } from 'bowser'

/** `Firefox on Linux`, by what the browser said of itself. */
export function deviceName(userAgent: string): string {
  if (userAgent.trim() === '') return 'Unknown device'
  const { browser, os } = parse(userAgent)
  if (!browser.name && !os.name) return 'Unknown device'
  return [browser.name ?? 'Unknown browser', os.name].filter(Boolean).join(' on ')
}
