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

/** The same of forms. */
export const plainFormStyle = `${plainStyle}
  body { max-width: 42rem; font: 1rem/1.55 system-ui, sans-serif }
  form { display: grid; gap: 1.25rem; margin: 2rem 0 2.5rem }
  form p { margin: 0 }
  label { font-size: 0.9375rem; font-weight: 500 }
  textarea, input:not([type=hidden], [type=checkbox]) {
    box-sizing: border-box; width: 100%; margin-top: 0.375rem; padding: 0.625rem 0.875rem;
    border: 1px solid var(--edge); border-radius: 3px; background: var(--raised); color: inherit; font: inherit;
  }
  textarea { field-sizing: content; min-height: 3lh; resize: vertical }
  textarea[name=body] { min-height: 12lh }
  button {
    min-height: 2.75rem; margin: 0 0.5rem 0.5rem 0; padding: 0 1.25rem; border: 1px solid var(--ink); border-radius: 3px;
    background: var(--ink); color: var(--paper); font: 500 0.9375rem system-ui, sans-serif; cursor: pointer;
  }
  button ~ button { border-color: var(--edge); background: none; color: var(--ink) }
  button ~ a { display: inline-block; padding: 0.625rem 0; font-size: 0.9375rem }
  [role=alert] { margin: 0; padding: 0.75rem 1rem; border-left: 3px solid var(--accent); background: light-dark(#fbeeea, #36211b) }
`
