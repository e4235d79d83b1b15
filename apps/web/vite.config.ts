import tailwindcss from '@tailwindcss/vite'
import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import viteReact from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { env } from './src/env.ts'

const api = { target: `http://127.0.0.1:${env.apiPort}`, xfwd: true }

export default defineConfig({
  plugins: [tailwindcss(), tanstackStart(), viteReact()],
  server: {
    host: '127.0.0.1',
    port: env.port,
    strictPort: true,
    proxy: { '/trpc': api, '/api': api, '/health': api },
  },
  build: {
    // The policy of the production server allows fonts and styles from files only, not from data: addresses.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
})
