import { startMailPage } from '@galley/testing/mail-page'
import { startMailSink } from '@galley/testing/mail-sink'
import type { AtEnd } from './lifetime.ts'

/** Unless a mail server is given: one that delivers nothing; what it took shows at /dev/mail, through the pages' server. */
export async function startMail(
  given: { SMTP_URL?: string },
  atEnd: AtEnd,
): Promise<Record<string, string>> {
  if (given.SMTP_URL) return {}
  const sink = await startMailSink()
  atEnd(sink.close)
  const page = await startMailPage(sink)
  atEnd(async () => page.close())
  return { SMTP_URL: sink.url, MAIL_PAGE_PORT: String(page.port) }
}
