import { join } from 'node:path'
import { build } from 'vite'

/** Prints the built package and `project/browser.ts` as one script for a page. */
const project = join(import.meta.dirname, 'project')
const built = await build({
  configFile: false,
  logLevel: 'silent',
  root: project,
  resolve: { alias: { '@galley/client': join(import.meta.dirname, '../../dist/index.js') } },
  build: {
    write: false,
    lib: { entry: join(project, 'browser.ts'), formats: ['iife'], name: 'bundle' },
  },
})
const outputs = Array.isArray(built) ? built : [built]
for (const bundle of outputs) {
  if (!('output' in bundle)) continue
  process.stdout.write(bundle.output.map((part) => ('code' in part ? part.code : '')).join(''))
}
