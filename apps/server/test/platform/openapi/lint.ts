// oxlint-disable unicorn/no-thenable -- `then` is Spectral's word for what a rule does
import spectralCore from '@stoplight/spectral-core'
import spectralFunctions from '@stoplight/spectral-functions'
import spectralRulesets from '@stoplight/spectral-rulesets'

const { Spectral } = spectralCore
const { length, pattern, schema } = spectralFunctions

const operations = '$.paths[*][get,post,put,patch,delete]'

const ruleset = {
  extends: [spectralRulesets.oas],
  rules: {
    'galley-operation-id': {
      given: `${operations}.operationId`,
      message: 'An operation is called as its procedure: {{value}}',
      severity: 'error' as const,
      then: { function: pattern, functionOptions: { match: '^[a-z][A-Za-z]+\\.[a-z][A-Za-z]+$' } },
    },
    'galley-one-tag': {
      given: `${operations}.tags`,
      message: 'An operation has one tag: its slice',
      severity: 'error' as const,
      then: { function: length, functionOptions: { min: 1, max: 1 } },
    },
    'galley-problem': {
      given: `${operations}.responses[?(@property.match(/^[45]/))]`,
      message: 'A refusal is a problem (RFC 9457)',
      severity: 'error' as const,
      then: {
        field: 'content',
        function: schema,
        functionOptions: {
          schema: {
            type: 'object',
            required: ['application/problem+json'],
            additionalProperties: false,
            properties: { 'application/problem+json': {} },
          },
        },
      },
    },
  },
}

/** What Spectral says of a document, hints included, a line each. */
export async function lint(document: object): Promise<string[]> {
  const spectral = new Spectral()
  spectral.setRuleset(ruleset)
  const found = await spectral.run(JSON.stringify(document))
  return found.map(({ code, path, message }) => `${code} ${path.join('/')} ${message}`)
}
