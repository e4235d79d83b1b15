import {
  DockerfileParser,
  type Instruction,
  ModifiableInstruction,
  PropertyInstruction,
} from 'dockerfile-ast'

type Values = Record<string, string>

export type Step = { line: number } & (
  | { kind: 'run'; command: string[]; caches: string[] }
  | { kind: 'copy'; from: string | undefined; sources: string[]; target: string }
  | { kind: 'arg' | 'env' | 'label'; values: Values }
  | { kind: 'workdir' | 'user'; value: string }
  | { kind: 'cmd' | 'healthcheck'; command: string[] }
)

export type Stage = { name: string; base: string; steps: Step[] }

/** What a Dockerfile does, stage by stage; `args` as in `--build-arg`. Throws on what it does not know. */
export function readStages(text: string, args: Values = {}): Stage[] {
  const stages: Stage[] = []
  const global: Values = {}
  let known: Values = {}
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const stage = stages.at(-1)
    if (instruction.getKeyword() === 'FROM') {
      known = { ...global }
      const [base = '', , name = ''] = wordsOf(instruction, known)
      stages.push({ name, base, steps: [] })
    } else if (stage) {
      const step = stepOf(instruction, known, args)
      if (step?.kind === 'arg' || step?.kind === 'env') Object.assign(known, step.values)
      if (step) stage.steps.push(step)
    } else {
      Object.assign(global, valuesOf(instruction, global), pick(args, valuesOf(instruction, {})))
    }
  }
  return stages
}

function stepOf(instruction: Instruction, known: Values, args: Values): Step | undefined {
  const line = (instruction.getRange()?.start.line ?? 0) + 1
  const expanded = wordsOf(instruction, known)
  const keyword = instruction.getKeyword()
  switch (keyword) {
    case 'ARG': {
      const values = valuesOf(instruction, known)
      return { kind: 'arg', values: { ...values, ...pick(args, values) }, line }
    }
    case 'ENV':
      return { kind: 'env', values: valuesOf(instruction, known), line }
    case 'LABEL':
      return { kind: 'label', values: valuesOf(instruction, known), line }
    case 'RUN': {
      // Its variables are the shell's to expand.
      const words = instruction.getArguments().map((argument) => argument.getValue())
      const caches = flagsOf(instruction, /^--mount=type=cache,.*target=([^,]+)/, line)
      return { kind: 'run', command: ['/bin/sh', '-c', words.join(' ')], caches, line }
    }
    case 'COPY': {
      const [from] = flagsOf(instruction, /^--from=(.+)$/, line)
      return {
        kind: 'copy',
        from,
        sources: expanded.slice(0, -1),
        target: expanded.at(-1) ?? '',
        line,
      }
    }
    case 'WORKDIR':
      return { kind: 'workdir', value: expanded[0] ?? '', line }
    case 'USER':
      return { kind: 'user', value: expanded[0] ?? '', line }
    case 'CMD':
      return { kind: 'cmd', command: execForm(instruction, line), line }
    case 'HEALTHCHECK':
      return { kind: 'healthcheck', command: execForm(instruction, line), line }
    case 'EXPOSE':
    case 'STOPSIGNAL':
      return undefined
    default:
      throw new Error(`Line ${line}: ${keyword} is not known`)
  }
}

const wordsOf = (instruction: Instruction, known: Values) =>
  instruction.getArguments().map((argument) => expand(argument.getValue(), known))

function valuesOf(instruction: Instruction, known: Values): Values {
  if (!(instruction instanceof PropertyInstruction)) return {}
  const properties = instruction.getProperties()
  return Object.fromEntries(
    properties.map((property) => [property.getName(), expand(property.getValue() ?? '', known)]),
  )
}

const pick = (from: Values, names: Values): Values =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name in names))

/** What `pattern` finds in each flag; all must be of its form. */
function flagsOf(instruction: Instruction, pattern: RegExp, line: number): string[] {
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags() : []
  return flags.map((flag) => {
    const found = pattern.exec(flag.toString())?.[1]
    if (found === undefined)
      throw new Error(`Line ${line}: the flag ${flag.toString()} is not known`)
    return found
  })
}

/** The JSON list that a command is written as: a shell would keep signals from it. */
function execForm(instruction: Instruction, line: number): string[] {
  const [list] = /\[.*\]\s*$/s.exec(instruction.getRawArgumentsContent() ?? '') ?? []
  if (list === undefined) throw new Error(`Line ${line}: a command must be a JSON list`)
  return JSON.parse(list)
}

/** `${NAME}`, as it is written here always. */
const expand = (word: string, known: Values) =>
  word.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => known[name] ?? '')
