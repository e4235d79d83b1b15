import type { Email } from './mailer.ts'

type Site = { name: string; origin: string }

/** An e-mail as plain text and as HTML that old mail programs show too: one column, no image, nothing from elsewhere. */
export function layOut(
  { subject, paragraphs, links = [], action, unsubscribe }: Email,
  site: Site,
) {
  const footer = `${site.name} · ${site.origin}`
  const text = [
    ...paragraphs,
    ...links.map(({ label, url }) => `${label}\n${url}`),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(unsubscribe ? [`Unsubscribe from ${unsubscribe.from}:\n${unsubscribe.url}`] : []),
    `-- \n${footer}`,
  ]
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f6f4ef;font:16px/1.5 Georgia,serif;color:#1d1b18">
<table role="presentation" width="100%"><tr><td align="center">
<table role="presentation" width="100%" style="max-width:560px;background:#fff;border:1px solid #e2ddd2"><tr><td style="padding:32px">
<h1 style="margin:0 0 16px;font-size:22px">${escape(subject)}</h1>
${paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`).join('\n')}
${links.map(({ label, url }) => `<p style="margin:0 0 16px"><a href="${escape(url)}" style="color:#1d1b18">${escape(label)}</a></p>`).join('\n')}
${action ? button(action) : ''}
</td></tr></table>
<p style="margin:16px 0 0;font-size:13px;color:#6b655b">${escape(footer)}${unsubscribe ? `<br><a href="${escape(unsubscribe.url)}" style="color:#6b655b">Unsubscribe from ${escape(unsubscribe.from)}</a>` : ''}</p>
</td></tr></table>
</body>
</html>
`
  return { text: `${text.join('\n\n')}\n`, html }
}

const button = ({ label, url }: { label: string; url: string }) => `<p style="margin:24px 0">
<a href="${escape(url)}" style="display:inline-block;padding:12px 20px;background:#1d1b18;color:#fff;text-decoration:none">${escape(label)}</a>
</p>
<p style="margin:0;font-size:13px;color:#6b655b;word-break:break-all">${escape(url)}</p>`

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What people typed (names, addresses) stays text. */
const escape = (value: string) => value.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
