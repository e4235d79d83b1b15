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
  :root { color-scheme: light dark; font: 1.125rem/1.5 Georgia, serif }
  body { max-width: 34rem; margin: 20vh auto; padding: 0 1.25rem }
  small { opacity: 0.7 }
</style>
<h1>${message}</h1>
<p><a href="/">To the front page</a></p>
<small>Request ${requestId}</small>
</html>
`
