import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MailSink, SunkMail } from './mail-sink.ts'

/**
 * Shows what a sink took: `/dev/mail` lists, `/dev/mail/<number>` shows one, `/dev/mail.json?to=<address>` returns
 * the mails to an address, the last first. On loopback.
 */
export async function startMailPage(sink: Pick<MailSink, 'mails'>, { port = 0 } = {}) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const number = /^\/dev\/mail\/(\d+)$/.exec(url.pathname)?.[1]
    const mail = sink.mails.find((each) => String(each.number) === number)
    response.setHeader('cache-control', 'no-store')
    if (url.pathname === '/dev/mail.json') {
      const to = url.searchParams.get('to')
      const found = sink.mails.filter((each) => to === null || each.to === to).toReversed()
      response.setHeader('content-type', 'application/json')
      return response.end(JSON.stringify(found))
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (url.pathname === '/dev/mail') return response.end(page('Mail', list(sink.mails)))
    if (mail) return response.end(page(mail.subject, show(mail)))
    response.writeHead(404).end(page('Mail', '<p>There is no such mail.</p>'))
    return undefined
  })
  await once(server.listen(port, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function list(mails: readonly SunkMail[]) {
  if (mails.length === 0) return '<p>No mail yet.</p>'
  const rows = mails
    .toReversed()
    .map(
      ({ number, at, to, subject }) =>
        `<li><a href="/dev/mail/${number}">${escape(subject)}</a><br><small>${escape(to)}, ${at.toLocaleTimeString('en')}</small></li>`,
    )
  return `<ul>${rows.join('')}</ul>`
}

// Without scripts and away from this origin; links open in the whole window.
const show = ({ to, from, html, text }: SunkMail) => `<p><a href="/dev/mail">All mail</a></p>
<p><small>From ${escape(from)}<br>To ${escape(to)}</small></p>
<iframe sandbox="allow-top-navigation-by-user-activation allow-popups" srcdoc="${escape(html.replace('<head>', '<head><base target="_top">'))}"></iframe>
<details><summary>Plain text</summary><pre>${escape(text)}</pre></details>`

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>
  :root { color-scheme: light dark; font: 1.0625rem/1.5 Georgia, serif; background: light-dark(#fdfcf9, #171614); color: light-dark(#1d1b18, #ebe7df) }
  body { max-width: 44rem; margin: 2.5rem auto; padding: 0 1.25rem }
  h1 { font-weight: 500; line-height: 1.15; overflow-wrap: anywhere }
  a { color: light-dark(#b5321c, #f58d72) }
  small, summary { font: 0.875rem/1.5 system-ui, sans-serif; color: light-dark(#5f5a52, #aaa398) }
  ul { list-style: none; padding: 0; border-top: 1px solid light-dark(#e4dfd5, #35322d) }
  li { padding: 0.875rem 0; border-bottom: 1px solid light-dark(#e4dfd5, #35322d); overflow-wrap: anywhere }
  iframe { width: 100%; height: 32rem; border: 1px solid light-dark(#e4dfd5, #35322d); border-radius: 3px; background: #fff }
  pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.875rem; background: light-dark(#f5f2ec, #24221f) }
</style>
<h1>${escape(title)}</h1>
${body}
</html>`

const escape = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
