/** The look of pages that the server writes by itself, without the files of the web app: its colours and sizes (packages/ui/src/styles.css). */
export const plainStyle = `
  :root {
    --paper: light-dark(#fdfcf9, #171614); --raised: light-dark(#fff, #1f1d1b); --ink: light-dark(#1d1b18, #ebe7df);
    --soft: light-dark(#5f5a52, #aaa398); --edge: light-dark(#8b8478, #7d766b); --accent: light-dark(#b5321c, #f58d72);
    color-scheme: light dark; accent-color: var(--accent); background: var(--paper); color: var(--ink);
  }
  body { margin: 12vh auto; padding: 0 1.25rem; overflow-wrap: anywhere }
  h1 { font: 500 clamp(1.75rem, 1.5rem + 1.5vw, 2.5rem)/1.15 Georgia, serif; text-wrap: balance }
  a { color: var(--accent) }
  small { font: 0.8125rem/1.45 system-ui, sans-serif; color: var(--soft) }
  :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
`
