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

export default { meta: { name: 'galley' }, rules: { 'no-url-as-path': noUrlAsPath } }

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
