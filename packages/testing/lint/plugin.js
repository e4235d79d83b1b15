/**
 * A module's address as a file path is `fileURLToPath(url)`: its `pathname` has `%20` for a blank, and on Windows a slash in front.
 * Looks at `new URL(..., import.meta.url).pathname`, also by way of a constant, and at `new URL(import.meta.url).pathname`.
 */
const noUrlAsPath = {
  meta: { messages: { path: 'Make a path of it by fileURLToPath from node:url.' } },
  create: (context) => ({
    'MemberExpression[property.name="pathname"]'(node) {
      const definition = isIdentifier(node.object)
        ? definitionOf(context, node.object)
        : node.object
      if (isModuleUrl(definition)) context.report({ node, messageId: 'path' })
    },
  }),
}

/** `vi.waitFor` and `vi.waitUntil` give up after a second unless they are told otherwise: too soon for a machine that is busy. */
const noShortWait = {
  meta: { messages: { wait: 'Wait by expect.poll, or say for how long in the options.' } },
  create: (context) => ({
    'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/]'(node) {
      if (node.arguments.length < 2) context.report({ node, messageId: 'wait' })
    },
  }),
}

export default {
  meta: { name: 'galley' },
  rules: { 'no-short-wait': noShortWait, 'no-url-as-path': noUrlAsPath },
}

const isIdentifier = (node) => node.type === 'Identifier'

function isModuleUrl(node) {
  if (node?.type !== 'NewExpression' || node.callee.name !== 'URL') return false
  return node.arguments.some(
    ({ type, object, property }) =>
      type === 'MemberExpression' && object.type === 'MetaProperty' && property.name === 'url',
  )
}

function definitionOf(context, { name, ...node }) {
  let scope = context.sourceCode.getScope({ name, ...node })
  while (scope && !scope.set.has(name)) scope = scope.upper
  return scope?.set.get(name)?.defs[0]?.node.init
}
