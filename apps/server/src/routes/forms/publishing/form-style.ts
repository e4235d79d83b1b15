import { plainStyle } from '../../../plain-style.ts'

/** The look of forms on pages that the server writes by itself. */
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
