import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import viteReact from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { env } from './src/env.ts'

/**
 * What every page needs, and what pages to read need besides, in a file each. Left to itself, the bundler makes some
 * twenty small ones of it, which cost more to ask for and to compress than they save.
 */
const scripts = [
  {
    name: 'framework',
    priority: 4,
    test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/[^/]+|@trpc\/[^/]+)\/(?!.*(useBlocker|useQueries|queriesObserver|useMutation|mutationObserver))/,
  },
  {
    name: 'reading',
    priority: 3,
    test: anyOf(
      'lucide-react/dist/esm/(Icon|context|createLucideIcon|shared|icons/pen-line)',
      '/ui/src/(avatar|button|notice|skeleton|tab-links)',
      '/web/src/(router|routeTree\\.gen)\\.',
      '/web/src/lib/(connection|contract-skew|errors|head|near|notify|page-error|router-context|search|step-up|theme|trpc)',
      '/web/src/registry/navigation',
      // What each page is, without what it shows.
      '/web/src/routes/[^?]+$',
      '/web/src/features/platform/(media/picture-image|sessions/current-user)',
      '/web/src/features/platform/layout/(footer|frame|header|lazy-part|message-page|prose|time|toasts)\\.',
      '/web/src/features/publishing/(navigation|tags/(queries|tag-links)|search/search-(box|params))', // publishing
      'lucide-react/dist/esm/icons/search', // publishing
      '/web/src/features/publishing/articles/(article-meta|skeletons|queries)', // publishing
    ),
  },
  {
    name: 'lists',
    priority: 2,
    test: anyOf(
      '/ui/src/empty-state',
      '/web/src/features/platform/layout/(page-header|pager)',
      '/web/src/features/publishing/follows/follow-button', // publishing
      '/web/src/features/publishing/articles/(article-list|home-navigation|new-article-link)', // publishing
    ),
  },
  {
    name: 'forms',
    priority: 1,
    test: anyOf(
      '/node_modules/(zod|react-hook-form|@hookform)/',
      '/contract/src/platform/(credentials|sessions|users)\\.',
      '/ui/src/(field|field-values)\\.',
      '/web/src/(lib|features/platform/layout)/form\\.',
      '/web/src/features/platform/layout/(filter-form|filter-problem|order-field)\\.',
      '/web/src/features/publishing/articles/languages\\.', // publishing
    ),
  },
  {
    name: 'account',
    priority: 0,
    test: anyOf(
      '/ui/src/(badge|checkbox|dialog|tabs)\\.',
      '/web/src/registry/texts\\.',
      '/web/src/features/publishing/words\\.', // publishing
      '/web/src/features/platform/layout/(section|copy-button|leave-guard)\\.',
      '/web/src/features/platform/(settings/(row|account-queries)|credentials/credential-fields)\\.',
      '/web/src/features/platform/identities/(connection-list|provider-buttons)\\.',
      '/web/src/features/platform/passkeys/(webauthn|passkey-section|passkey-buttons)\\.',
      '/web/src/features/platform/users/(link-page|mail-sent)\\.',
      '/web/src/features/platform/sessions/(sign-in-problem|device-name)\\.',
      '/web/src/features/platform/notifications/(queries|use-mark-read)\\.',
      '/web/src/features/publishing/articles/(my-article-row|delete-article)\\.', // publishing
      '/web/src/features/publishing/co-authors/queries\\.', // publishing
    ),
  },
  {
    name: 'admin',
    priority: 0,
    test: anyOf(
      '/web/src/features/platform/(audit/audit-(page|filter|sentence)|jobs|users/(people|role-field))',
      '/web/src/features/platform/invitations/(invite-form|invitation-filter)\\.',
      '/web/src/features/platform/site-settings/',
      '/web/src/registry/settings-sections\\.',
      '/web/src/features/publishing/settings/', // publishing
      // Every page names each file that there is.
      '/web/src/routes/admin\\..*tsr-split',
    ),
  },
  { name: 'settings', priority: 0, test: /\/web\/src\/routes\/settings\..*tsr-split/ },
  { name: 'search', priority: 0, test: /\/features\/publishing\/search\// }, // publishing
]

const forReading = anyOf(
  '^__root__$',
  '^/$',
  String.raw`^/\$$`,
  String.raw`^/articles/\$slug$`, // publishing
  String.raw`^/authors/\$username$`, // publishing
  '^/tags/', // publishing
)

function anyOf(...patterns: string[]): RegExp {
  return new RegExp(patterns.join('|'))
}

/** The loaders of other pages come with the pages, not with every page to read. */
function splitBehavior({ routeId }: { routeId: string }): ('loader' | 'component')[][] | undefined {
  return forReading.test(routeId) ? undefined : [['loader', 'component']]
}

const api = { target: `http://127.0.0.1:${env.apiPort}`, xfwd: true }

export default defineConfig({
  plugins: [
    tailwindcss(),
    tanstackStart({ router: { codeSplittingOptions: { splitBehavior } } }),
    viteReact(),
    lightIcons(),
    withoutUnused(),
    precompress(),
  ],
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
      [under('trpc|api|media|health|auth|forms|\\.well-known')]: { ...api, ws: true },
      // A page, unless a mail program posts to it.
      [under('unsubscribe')]: {
        ...api,
        bypass: ({ method, url }) => (method === 'POST' ? undefined : url),
      },
      ...(env.mailPagePort && {
        [under('dev/mail|dev/mail\\.json')]: { target: `http://127.0.0.1:${env.mailPagePort}` },
      }),
    },
  },
  environments: {
    // Node would load all of its 1,800 icons.
    ssr: { resolve: { noExternal: ['lucide-react'] } },
    client: {
      build: {
        rolldownOptions: {
          output: { codeSplitting: { groups: scripts } },
          // What of tRPC nobody uses (web sockets, subscriptions) would stay for what it might do when it is loaded.
          treeshake: { moduleSideEffects: [{ test: /node_modules\/@trpc\//, sideEffects: false }] },
        },
      },
    },
  },
  build: {
    // The policy of the production server allows fonts and styles from files only, not from data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { resolveDependencies: (_, files) => files.filter(isNotEverywhere) },
    sourcemap: false,
  },
})

/** What a page brings along with its own script: not what each page has loaded before. */
const isNotEverywhere = (file: string) => !/\/(?:framework|reading|rolldown-runtime)-/.test(file)

/** The pattern of addresses whose path is one of `paths` or below it, in the form that Vite takes. */
function under(paths: string) {
  return `^/(?:${paths})(?:[/?]|$)`
}

/** Writes .br and .gz beside the browser's files of text that are over 256 bytes, for the server to send as they are. */
function precompress(): Plugin {
  // A file is one block, however long: it comes out some bytes smaller.
  const params = { [constants.BROTLI_PARAM_LGBLOCK]: constants.BROTLI_MAX_INPUT_BLOCK_BITS }
  const encoders = {
    br: (content: Buffer) => promisify(brotliCompress)(content, { params }),
    gz: promisify(gzip),
  }
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
    if (content.length <= 256) return
    for (const [extension, encode] of Object.entries(encoders)) {
      await writeFile(`${file}.${extension}`, await encode(content))
    }
  }
}

/**
 * In the browser, icons of lucide without the options that nobody here sets (3 kB in every page to read): the same
 * elements as the server renders.
 */
function lightIcons(): Plugin {
  const id = '\0light-icons'
  const code = `
    import { createElement } from 'react'
    const look = {
      xmlns: 'http://www.w3.org/2000/svg', width: 24, height: 24, viewBox: '0 0 24 24', fill: 'none',
      stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round',
    }
    export default ({ name, node }) => ({ className = '', ...rest }) =>
      createElement(
        'svg',
        { ...look, className: \`lucide lucide-\${name} \${className}\`, 'aria-hidden': true, ...rest },
        ...node.map(([tag, attributes]) => createElement(tag, attributes)),
      )`
  return {
    name: 'light-icons',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (source, importer) =>
      source.endsWith('/createLucideIcon.mjs') && importer?.includes('/lucide-react/') ? id : null,
    load: (wanted) => (wanted === id ? { code, moduleSideEffects: false } : null),
    // What the element above leaves out: random keys, which React needs in lists only, do not compress.
    transform: (text, file) =>
      file.includes('/lucide-react/dist/esm/icons/')
        ? text.replaceAll(/,\s*key: "[^"]*"|^\s*size: 24,\n|^__iconData\.node;\n/gm, '')
        : null,
  }
}

/** In the browser, libraries without parts that nobody here uses and that no bundler can see to be unused. */
function withoutUnused(): Plugin {
  const parts = [
    {
      // React has it itself since version 18.
      file: '/use-sync-external-store/cjs/use-sync-external-store-shim.production.js',
      code: `exports.useSyncExternalStore = require('react').useSyncExternalStore`,
    },
    {
      file: '/query-core/build/modern/infiniteQueryBehavior.js',
      code: `
        const missing = () => { throw new Error('vite.config.ts leaves infinite queries out.') }
        export { missing as infiniteQueryBehavior, missing as hasNextPage, missing as hasPreviousPage }`,
    },
  ]
  return {
    name: 'without-unused',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    load: (id) =>
      parts.find(({ file }) => id.includes('/node_modules/') && id.endsWith(file))?.code,
  }
}
