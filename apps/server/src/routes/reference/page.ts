/** The reference as a page: Scalar over the OpenAPI document, from this origin and nowhere else. */
export const referencePage = (script: string, nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>Galley API reference</title>
<style nonce="${nonce}">body { margin: 0 }</style>
<div id="reference"></div>
<noscript>
  <p>This page needs scripts. The same as data: <a href="/api/v1/openapi.json">OpenAPI document</a>,
  <a href="/api/reference.json">procedures</a>.</p>
</noscript>
<script nonce="${nonce}" src="/api/reference/${script}"></script>
<script nonce="${nonce}">Scalar.createApiReference('#reference', ${JSON.stringify(configuration)})</script>
</html>
`

const configuration = {
  url: '/api/v1/openapi.json',
  // Nothing may be fetched from elsewhere, and nobody else learns who reads here.
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}
