import { headingOf, labelOf, type Field } from '../fields/field.ts'
import { samplesOf } from '../fields/samples.ts'
import { browserLine, fillLine, isBox, longLine, wordsNameOf } from './web-values.ts'

/** What depends on the fields in the pages and the form of the web app. */
export function webPageSlots(fields: Field[]) {
  const heading = headingOf(fields)
  const others = fields.filter((field) => field !== heading)
  return {
    'web.controls': fields.map(controlOf).join('\n'),
    'web.facts': others.flatMap(factOf).join('\n'),
    'web.texts': others.flatMap(textOf).join('\n'),
    'web.heading-label': heading ? labelOf(heading) : '',
    'web.fill': fields.map((field) => fillLine(field, labelOf(field))).join('\n'),
    'e2e.fill': fields
      .map((field) => browserLine(field, labelOf(field), samplesOf(field, fields).first))
      .join('\n'),
    'web.long': fields.map((field) => longLine(field, samplesOf(field, fields).first)).join('\n'),
    'web.words-imports': fields
      .filter(({ type }) => type === 'enum')
      .map(wordsNameOf)
      .join(', '),
  }
}

function controlOf(field: Field): string {
  const { name, type, max, isOptional } = field
  const label = labelOf(field)
  if (isBox(field)) return `<Checkbox label="${label}" {...register('${name}')} />`
  const hints = [
    ...(type === 'markdown' ? ['Markdown works.'] : []),
    ...(max > 0 ? [`At most ${max.toLocaleString('en')} characters.`] : []),
    ...(isOptional ? ['May be left empty.'] : []),
  ]
  const hint = hints.length > 0 ? ` hint="${hints.join(' ')}"` : ''
  return `<Field label="${label}"${hint} error={errors.${name}?.message}>
    ${inputOf(field)}
  </Field>`
}

function inputOf(field: Field): string {
  const { name, type, isOptional } = field
  const register = `{...register('${name}')}`
  const none = isOptional ? '<option value="">None</option>' : ''
  switch (type) {
    case 'line':
      return `<Input autoComplete="off" ${register} />`
    case 'text':
      return `<Textarea rows={5} className="min-h-36" ${register} />`
    case 'markdown':
      return `<Textarea rows={12} className="min-h-72" ${register} />`
    case 'integer':
      return `<Input inputMode="numeric" autoComplete="off" ${register} />`
    case 'boolean':
      return `<Select ${register}>
        ${none}
        <option value="true">Yes</option>
        <option value="false">No</option>
      </Select>`
    case 'timestamp':
      return `<Input type="datetime-local" ${register} />`
    case 'date':
      return `<Input type="date" ${register} />`
    case 'url':
      return `<Input type="url" autoComplete="off" ${register} />`
    case 'enum':
      return `<Select ${register}>
        ${none}
        {Object.entries(${wordsNameOf(field)}).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>`
  }
}

/** What is short enough for a line below the name, in a list too. */
function factOf(field: Field): string[] {
  const value = `gizmo.${field.name}`
  const shown: Partial<Record<Field['type'], string>> = {
    line: `<bdi className="wrap-anywhere">{${value}}</bdi>`,
    integer: `<span className="tabular-nums">{${value}}</span>`,
    boolean: `{${value} ? 'Yes' : 'No'}`,
    timestamp: `<Moment timestamp={${value}} />`,
    date: `<time dateTime={${value}}>{formatDay(${value})}</time>`,
    enum: `<Badge>{${wordsNameOf(field)}[${value}]}</Badge>`,
  }
  const inside = shown[field.type]
  if (inside === undefined) return []
  return [where(field, `<span>{'${labelOf(field)}: '}${inside}</span>`)]
}

/** What has a place of its own on the page of one. */
function textOf(field: Field): string[] {
  const value = `gizmo.${field.name}`
  if (field.type === 'text') {
    return [where(field, `<p dir="auto" className="whitespace-pre-wrap">{${value}}</p>`)]
  }
  if (field.type === 'markdown') {
    return [where(field, `<Prose html={${value}Html} />`, `${value}Html`)]
  }
  if (field.type !== 'url') return []
  const link = `<a href={${value}} rel="noreferrer nofollow" className={textLinkClass}>{${value}}</a>`
  return [where(field, `<p>{'${labelOf(field)}: '}${link}</p>`)]
}

const where = (field: Field, element: string, value = `gizmo.${field.name}`) =>
  field.isOptional ? `{${value} !== null && (${element})}` : element
