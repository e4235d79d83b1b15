import type { ProcedureReference } from './procedures.ts'
import type { RouteReference } from './routes.ts'

type Reference = { procedures: ProcedureReference[]; routes: RouteReference[] }

/** The reference as one page without scripts; `nonce` lets its style through. */
export function referencePage({ procedures, routes }: Reference, nonce: string): string {
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
  <p class="name"><a href="/">Galley<span>.</span></a> API reference</p>
  <p><a href="/api/reference.json">JSON</a></p>
</header>
<main>
  <h1>${procedures.length} procedures</h1>
  <p>tRPC 11 at <code>/trpc</code>. A query is <code>GET /trpc/&lt;path&gt;?input=&lt;JSON&gt;</code>, a mutation
  <code>POST /trpc/&lt;path&gt;</code> with the input as JSON. Up to 10 calls of one kind go in a batch. Costs count
  against the allowance in the <code>RateLimit</code> header, and where a procedure names a stricter allowance against
  that too. A token goes in <code>Authorization: Bearer</code> and needs the scope; step-up: needs a sign-in of the last
  ten minutes. Programs that sign in by themselves do so by <a href="#rest">REST</a>.</p>
  <nav aria-label="Nouns">${links.join('')}<a href="#rest">rest</a></nav>
${sections.join('')}
<section id="rest"><h2>REST</h2>${routes.map(routeCard).join('')}</section>
</main>
</html>
`
}

function procedureCard(procedure: ProcedureReference) {
  const { path, type, input, output } = procedure
  const facts = factsOf(procedure).map((fact) => `<span>${fact}</span>`)
  return `<article id="${path}">
<div class="row"><h3><a href="#${path}">${path}</a></h3><p><span class="${type}">${type}</span>${facts.join('')}</p></div>
${schemaBlock('Input', input)}${schemaBlock('Output', output)}
</article>`
}

function routeCard({ method, path, about, input, output }: RouteReference) {
  return `<article>
<div class="row"><h3>${path}</h3><p><span class="${method === 'GET' ? 'query' : 'mutation'}">${method}</span></p></div>
<p>${about}</p>
${schemaBlock('Input', input)}${schemaBlock('Output', output)}
</article>`
}

function factsOf({ access, scope, fresh, cost, allowance }: ProcedureReference) {
  return [
    access,
    scope === null ? 'no tokens' : `scope ${scope}`,
    ...(fresh ? ['step-up'] : []),
    `cost ${cost}`,
    ...(allowance === undefined ? [] : [`allowance ${allowance}`]),
  ]
}

function schemaBlock(label: string, schema: unknown) {
  if (schema === null) return ''
  return `<details><summary>${label}</summary><pre tabindex="0"><code>${escapeHtml(JSON.stringify(schema, null, 2))}</code></pre></details>`
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

// The colours of packages/ui/src/styles.css; its fonts have no fixed address.
const styles = `
:root { color-scheme: light dark; --ink: light-dark(#1d1b18, #ebe7df); --soft: light-dark(#5f5a52, #aaa398);
  --rule: light-dark(#e4dfd5, #35322d); --sunken: light-dark(#f5f2ec, #24221f); --accent: light-dark(#b5321c, #f58d72);
  font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: light-dark(#fdfcf9, #171614) }
body { margin: 0 }
header, main { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem 5rem }
header { display: flex; align-items: baseline; justify-content: space-between; padding-block: 0.875rem; border-bottom: 1px solid var(--rule) }
header p, h3, .row p { margin: 0 }
h1, h2, .name a { font-family: Georgia, 'Times New Roman', serif; font-weight: 600; line-height: 1.2; letter-spacing: -0.01em }
h1 { margin: 2rem 0 0.5rem; font-size: 2rem }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.4375rem; text-transform: capitalize }
h3 { font: 600 0.9375rem/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere }
a { color: var(--accent); text-underline-offset: 0.2em }
h3 a, .name a { color: inherit; text-decoration: none }
.name a { font-size: 1.5rem; margin-right: 0.375rem }
.name span, .mutation { color: var(--accent) }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem }
article { border-top: 1px solid var(--rule); padding: 0.5rem 0; scroll-margin-top: 1rem }
article:target { box-shadow: -0.75rem 0 0 -0.5625rem var(--accent) }
.row { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem }
.row p { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--soft); font-size: 0.875rem }
summary { cursor: pointer; padding: 0.125rem 0; color: var(--soft); font-size: 0.875rem }
pre { overflow-x: auto; margin: 0.25rem 0 0.5rem; padding: 0.75rem; border-radius: 5px; background: var(--sunken); font-size: 0.8125rem }
code { font-family: ui-monospace, Menlo, Consolas, monospace }
p code { font-size: 0.9em; overflow-wrap: anywhere }
`
