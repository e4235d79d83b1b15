/** Read by the development server only; in production the host passes a `WebContext` instead. */
export const env = {
  port: Number(process.env['PORT'] ?? 3000),
  apiPort: Number(process.env['API_PORT'] ?? 3001),
  /** Where `pnpm dev` shows the mails that its own mail server took. */
  mailPagePort: process.env['MAIL_PAGE_PORT'],
}
