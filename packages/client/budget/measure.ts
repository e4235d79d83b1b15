import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A program that calls an API, and the declarations that it imports: no packages, nothing else. */
export type Project = { program: string; declarations: Record<string, string> }

export type Cost = { instantiations: number; checkSeconds: number; declarationBytes: number }

const compiler = join(import.meta.dirname, '../../../node_modules/.bin/tsc')
const settings = {
  target: 'es2024',
  lib: ['es2024', 'dom'],
  module: 'nodenext',
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true, // the libraries of TypeScript, not the declarations that the program uses
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** What the compiler says that it did with a project; throws where it does not compile. */
export function measure({ program, declarations }: Project): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'galley-types-'))
  try {
    const files = { ...declarations, 'program.ts': program }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const config = { compilerOptions: settings, files: ['program.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const said = execFileSync(compiler, ['-p', folder, '--extendedDiagnostics'], {
      encoding: 'utf8',
    })
    return {
      instantiations: numberOf(said, 'Instantiations'),
      checkSeconds: numberOf(said, 'Check time'),
      declarationBytes: Buffer.byteLength(Object.values(declarations).join('')),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function numberOf(diagnostics: string, name: string): number {
  const found = new RegExp(`^${name}:\\s*([\\d.]+)`, 'm').exec(diagnostics)?.[1]
  if (found === undefined) throw new Error(`The compiler did not say "${name}".`)
  return Number(found)
}
