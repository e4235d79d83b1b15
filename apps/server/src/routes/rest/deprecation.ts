import type { Meta } from '@galley/api/trpc'

/** `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) of what is to go. */
export function deprecationHeaders(deprecated: Meta['deprecated']): Record<string, string> {
  if (!deprecated) return {}
  return {
    deprecation: `@${Date.parse(deprecated.since) / 1000}`,
    sunset: new Date(deprecated.sunset).toUTCString(),
  }
}
