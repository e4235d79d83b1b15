import type { ProcedureReference } from './procedures.ts'

/** The reference as one page without scripts; `nonce` lets its style through. */
export function referencePage(procedures: ProcedureReference[], nonce: string): string {
  const groups = Map.groupBy(procedures, ({ path }) => path.split('.', 1)[0] ?? path)
  const links = [...groups.keys()].map((noun) => `<a href="#${noun}">${noun}</a>`)
  const sections = [...groups].map(
    ([noun, members]) =>
      `<section id="${noun}"><h2>${noun}</h2>${members.map(procedureCard).join('')}</section>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Galley API reference</title>
<style nonce="${nonce}">${styles}</style>
<header>
  <h1>Galley API</h1>
  <p>tRPC 11 at <code>/trpc</code>. A query is <code>GET /trpc/&lt;path&gt;?input=&lt;JSON&gt;</code>, a mutation
  <code>POST /trpc/&lt;path&gt;</code> with the input as JSON. Up to 10 calls of one kind go in a batch. Costs count
  against the allowance in the <code>RateLimit</code> header. The same list as
  <a href="/api/reference.json">JSON</a>.</p>
  <nav aria-label="Nouns">${links.join('')}</nav>
</header>
<main>${sections.join('')}</main>
</html>
`
}

function procedureCard({ path, type, access, cost, input, output }: ProcedureReference) {
  return `<article id="${path}">
<h3><a href="#${path}">${path}</a></h3>
<p class="facts"><span class="${type}">${type}</span><span>${access}</span><span>cost ${cost}</span></p>
${schemaBlock('Input', input)}${schemaBlock('Output', output)}
</article>`
}

function schemaBlock(label: string, schema: unknown) {
  if (schema === null) return ''
  return `<details><summary>${label}</summary><pre tabindex="0"><code>${escapeHtml(JSON.stringify(schema, null, 2))}</code></pre></details>`
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const styles = `
:root { color-scheme: light dark; --line: light-dark(#d9d5cc, #3c3a36); --soft: light-dark(#f6f4ef, #201f1d);
  --accent: light-dark(#7a2e1d, #e8a48f); --muted: light-dark(#5c584f, #aaa59a);
  font: 1rem/1.55 ui-sans-serif, system-ui, sans-serif; background: light-dark(#fffdf9, #161513) }
body { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem }
h1, h2 { font-family: Georgia, serif; font-weight: 600; line-height: 1.2 }
h1 { font-size: 2.25rem; margin: 0 }
h2 { margin: 3rem 0 0.75rem; text-transform: capitalize }
h3 { margin: 0; font: 600 1rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere }
h3 a { color: inherit; text-decoration: none }
a { color: var(--accent) }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem }
article { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.875rem 1rem; margin: 0.75rem 0 }
article:target { border-color: var(--accent) }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0.25rem 0 0.5rem; color: var(--muted); font-size: 0.875rem }
.mutation { color: var(--accent) }
summary { cursor: pointer; padding: 0.25rem 0; color: var(--muted) }
pre { overflow-x: auto; margin: 0.25rem 0 0; padding: 0.75rem; border-radius: 0.375rem; background: var(--soft); font-size: 0.8125rem }
code { font-family: ui-monospace, monospace }
p code { font-size: 0.9em; overflow-wrap: anywhere }
`
