/** Word documents made part by part, as Word writes them and as an attacker would. */
import { zipOf } from './workbooks.ts'

export interface WordParts {
  /** Paragraphs of the header. */
  header?: string
  /** What stands within `styles`. */
  styles?: string
  body?: string
  /** Kind of the main part. */
  kind?: string
  /** Before the header's own element. */
  doctype?: string
  more?: Record<string, string>
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

export function wordOf({ header = '', styles = '', body = '', doctype = '', more = {}, ...parts }: WordParts): Buffer {
  const kind = parts.kind ?? 'wordprocessingml.document'
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  const relations = (...all: string[]) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`
  const content = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`,
    '_rels/.rels': relations(relation('r1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(
      relation('r1', 'header', 'header1.xml'),
      relation('r2', 'styles', 'styles.xml'),
    ),
    'word/header1.xml': `${doctype}<w:hdr ${W}>${header}</w:hdr>`,
    'word/styles.xml': `<w:styles ${W}>${styles}</w:styles>`,
    ...more,
  }
  return zipOf(Object.entries(content).map(([name, text]) => ({ name, content: text })))
}
