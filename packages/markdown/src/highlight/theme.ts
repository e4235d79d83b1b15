import type { ThemeRegistrationRaw } from 'shiki/core'

const scopesByKind = {
  comment: ['comment', 'punctuation.definition.comment'],
  keyword: [
    'keyword',
    'storage',
    'variable.language',
    'punctuation.section.embedded',
    'punctuation.definition.template-expression',
    'keyword.operator.new',
    'keyword.operator.expression',
    'keyword.operator.word',
    'keyword.operator.logical.python',
  ],
  string: ['string', 'markup.inline.raw', 'markup.fenced_code', 'markup.quote'],
  constant: [
    'constant',
    'support.constant',
    'entity.name.constant',
    'variable.other.constant',
    'variable.other.enummember',
    'keyword.other.unit',
  ],
  function: ['entity.name.function', 'support.function'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'entity.name.namespace',
    'support.class',
    'support.type',
    'entity.other.inherited-class',
    'storage.type.java',
  ],
  variable: [
    'variable.parameter',
    'string variable',
    'variable.other.normal.shell',
    'variable.other.php',
    'punctuation.definition.variable',
  ],
  property: [
    'support.type.property-name',
    'meta.object-literal.key',
    'entity.other.attribute-name',
    'entity.name.tag.yaml',
    'meta.property-name',
  ],
  tag: ['entity.name.tag'],
  heading: ['markup.heading', 'markup.heading entity.name', 'meta.diff.range', 'meta.diff.header'],
  inserted: ['markup.inserted', 'punctuation.definition.inserted'],
  deleted: ['markup.deleted', 'punctuation.definition.deleted'],
  plain: [
    'keyword.operator',
    'storage.modifier.package',
    'storage.modifier.import',
    'meta.embedded.expression',
    'meta.template.expression',
    'string source',
    'meta.template.expression variable',
    'markup.fenced_code meta.embedded',
  ],
}

/** What a token can be. `highlight.css` colours the class `tok-<kind>` of each. */
export const tokenKinds = Object.keys(scopesByKind).filter((kind) => kind !== 'plain')

/**
 * A theme whose colours are the kinds themselves, so that tokens leave the highlighter as classes
 * and the page needs no inline style.
 */
export const theme = {
  name: 'galley',
  type: 'light',
  fg: 'plain',
  bg: 'plain',
  settings: Object.entries(scopesByKind).map(([kind, scope]) => ({
    scope,
    settings: { foreground: kind },
  })),
} satisfies ThemeRegistrationRaw
