import type { AppError } from '@galley/core/errors'

/** A page for a person whom no other page can be shown. `message` is ours and `requestId` of a safe alphabet. */
export const errorPage = (
  { message }: AppError,
  requestId: string,
  nonce: string,
) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${message}</title>
<style nonce="${nonce}">
  :root { color-scheme: light dark; font: 1.1875rem/1.5 Georgia, serif; background: light-dark(#fdfcf9, #171614); color: light-dark(#1d1b18, #ebe7df) }
  body { max-width: 34rem; margin: 18vh auto; padding: 0 1.25rem }
  h1 { font-size: clamp(1.75rem, 1.5rem + 1.5vw, 2.5rem); font-weight: 500; line-height: 1.15 }
  a { color: light-dark(#b5321c, #f58d72) }
  small { font: 0.8125rem/1.45 system-ui, sans-serif; color: light-dark(#5f5a52, #aaa398) }
</style>
<h1>${message}</h1>
<p><a href="/">To the front page</a></p>
<small>Request ${requestId}</small>
</html>
`
