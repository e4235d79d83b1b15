import { Copy, DockerfileParser, From, type Instruction, PropertyInstruction } from 'dockerfile-ast'

/** `rule` is hadolint's name for it, or that of BuildKit's own check. */
export type Finding = { line: number; rule: string; message: string }

type Found = readonly [rule: string, message: string]
type Stage = { name: string; instructions: Instruction[] }

/** What is unsafe or wasteful in a Dockerfile though an engine would build it; on Debian, with `sh` as its shell. */
export function lintDockerfile(text: string): Finding[] {
  const instructions = DockerfileParser.parse(text).getInstructions()
  const stages: Stage[] = []
  const defaults = new Map<string, string>()
  const findings: Finding[] = []
  const find = (at: Instruction | undefined, found: readonly Found[]) => {
    const line = (at?.getRange()?.start.line ?? 0) + 1
    findings.push(...found.map(([rule, message]) => ({ line, rule, message })))
  }
  for (const instruction of instructions) {
    const known = stages.map(({ name }) => name)
    if (instruction instanceof From) {
      find(instruction, findInFrom(instruction, known, defaults))
      stages.push({ name: instruction.getBuildStage() ?? '', instructions: [] })
    } else if (stages.length === 0 && instruction instanceof PropertyInstruction) {
      for (const property of instruction.getProperties()) {
        defaults.set(property.getName(), property.getValue() ?? '')
      }
    }
    stages.at(-1)?.instructions.push(instruction)
    find(instruction, findIn(instruction, known))
  }
  const last = stages.at(-1)
  find(last?.instructions[0], findInImage(last))
  return findings.toSorted((a, b) => a.line - b.line)
}

function findInFrom(from: From, known: string[], defaults: Map<string, string>): Found[] {
  const image = from.getImage() ?? ''
  const name = from.getBuildStage()
  const found: Found[] =
    name !== null && known.includes(name) ? [['DL3024', `two stages are called ${name}`]] : []
  if (image === 'scratch' || known.includes(image)) return found
  const [, digest = ''] = image.split('@')
  const [, variable = ''] = /^\$\{(\w+)\}$/.exec(digest) ?? []
  const isPinned = variable === '' ? digest.startsWith('sha256:') : !defaults.get(variable)
  return isPinned ? found : [...found, ['DL3006', `${image} is not pinned by a digest`]]
}

/** Of an instruction anywhere. */
function findIn(instruction: Instruction, known: string[]): Found[] {
  const content = instruction.getArgumentsContent() ?? ''
  const keyword = instruction.getKeyword()
  switch (keyword) {
    case 'ADD':
      return [['DL3020', 'ADD fetches and unpacks: use COPY, or RUN with a digest that is checked']]
    case 'COPY': {
      const from = instruction instanceof Copy ? instruction.getFromFlag()?.getValue() : undefined
      const isKnown = !from || known.includes(from) || from.includes('@sha256:')
      return isKnown ? [] : [['DL3022', `COPY is from ${from}, which is no stage`]]
    }
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK': {
      const command = keyword === 'HEALTHCHECK' ? content.replace(/^CMD\s+/, '') : content
      if (command === 'NONE' || isJsonList(command)) return []
      return [['DL3025', `${keyword} is not a JSON list: its shell would keep signals from it`]]
    }
    case 'WORKDIR':
      return /^["']?[/$]/.test(content) ? [] : [['DL3000', `WORKDIR ${content} is not absolute`]]
    case 'ARG':
    case 'ENV': {
      const named = instruction instanceof PropertyInstruction ? instruction.getProperties() : []
      const secret = named.find((property) => secretName.test(property.getName()))?.getName()
      return secret === undefined ? [] : [['SecretsUsedInArgOrEnv', `${secret} stays in the image`]]
    }
    case 'RUN':
      return shellRules
        .filter(([, , isBroken]) => isBroken(content))
        .map(([rule, of]) => [rule, of])
    default:
      return []
  }
}

/** Of the last stage, which is the image. */
function findInImage(stage: Stage | undefined): Found[] {
  const last = (keyword: string) =>
    stage?.instructions.findLast((at) => at.getKeyword() === keyword)
  const user = last('USER')?.getArgumentsContent() ?? 'root'
  const found: Found[] = []
  if (/^(?:root|0+)(?::|$)/.test(user)) found.push(['DL3002', 'the image runs as root'])
  const healthcheck = last('HEALTHCHECK')?.getArgumentsContent() ?? 'NONE'
  if (healthcheck === 'NONE') found.push(['DL3057', 'there is no HEALTHCHECK'])
  return found
}

const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|APIKEY|API_KEY|PRIVATE_KEY|CREDENTIALS?)$/i

const commandsOf = (script: string) => script.split(/&&|\|\||[;|\n]/).map((each) => each.trim())
const some = (form: RegExp) => (script: string) =>
  commandsOf(script).some((each) => form.test(each))
const installs = (script: string) =>
  commandsOf(script).filter((each) => /^apt-get\b.*\binstall\b/.test(each))

const shellRules: readonly (readonly [...Found, (script: string) => boolean])[] = [
  ['DL3003', 'use WORKDIR, which holds for what follows too', some(/^cd\b/)],
  ['DL3004', 'sudo is not needed in a build', some(/^sudo\b/)],
  ['DL3027', 'apt is for people at a terminal: use apt-get', some(/^apt\b(?!-)/)],
  [
    'DL3009',
    'remove /var/lib/apt/lists in the same RUN',
    (script) =>
      some(/^apt-get\b.*\bupdate\b/)(script) && !/\brm\b.*\/var\/lib\/apt\/lists/.test(script),
  ],
  [
    'DL3014',
    'apt-get install waits for an answer without -y',
    (script) => installs(script).some((each) => !/\s(?:-\w*y|--yes|--assume-yes)\b/.test(each)),
  ],
  [
    'DL3015',
    'apt-get install takes what is only recommended without --no-install-recommends',
    (script) => installs(script).some((each) => !each.includes('--no-install-recommends')),
  ],
  [
    'DL3016',
    'npm install takes another version tomorrow: name one, or use a lockfile',
    (script) =>
      commandsOf(script).some(
        (each) =>
          /^npm (?:install|i|add)\b/.test(each) &&
          each
            .split(/\s+/)
            .slice(2)
            .some((word) => !word.startsWith('-') && !/.@\d/.test(word)),
      ),
  ],
  [
    'DL4006',
    'a failure before the last | is not noticed',
    (script) => /[^|]\|[^|]/.test(script) && !/\bset -o pipefail\b/.test(script),
  ],
]

function isJsonList(command: string): boolean {
  try {
    return Array.isArray(JSON.parse(command))
  } catch {
    return false
  }
}
