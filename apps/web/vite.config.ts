import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import viteReact from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { env } from './src/env.ts'

const api = { target: `http://127.0.0.1:${env.apiPort}`, xfwd: true }

export default defineConfig({
  plugins: [tailwindcss(), tanstackStart(), viteReact(), precompress()],
  server: {
    host: '127.0.0.1',
    port: env.port,
    strictPort: true,
    warmup: {
      ssrFiles: ['./src/server.ts', './src/router.tsx', './src/routes/index.tsx'],
      clientFiles: ['./src/client.tsx', './src/routes/index.tsx'],
    },
    // Whole segments: `/authors` is a page though it begins with `/auth`.
    proxy: {
      [under('trpc|api|health|auth|\\.well-known')]: api,
      ...(env.mailPagePort && {
        [under('dev/mail|dev/mail\\.json')]: { target: `http://127.0.0.1:${env.mailPagePort}` },
      }),
    },
  },
  build: {
    // The policy of the production server allows fonts and styles from files only, not from data: addresses.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
})

/** The pattern of addresses whose path is one of `paths` or below it, in the form that Vite takes. */
function under(paths: string) {
  return `^/(?:${paths})(?:[/?]|$)`
}

/** Writes .br and .gz beside the browser's files of text that are over 1 kB, for the server to send as they are. */
function precompress(): Plugin {
  const encoders = { br: promisify(brotliCompress), gz: promisify(gzip) }
  return {
    name: 'precompress',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle({ dir = '' }) {
      const files = globSync(`${dir}/**/*.{js,css,svg,json,html}`)
      await Promise.all(files.map(compress))
    },
  }

  async function compress(file: string) {
    const content = await readFile(file)
    if (content.length <= 1024) return
    for (const [extension, encode] of Object.entries(encoders)) {
      await writeFile(`${file}.${extension}`, await encode(content))
    }
  }
}
