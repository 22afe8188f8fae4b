/** Workbooks made part by part, as Excel writes them and as an attacker would. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  name: string
  content: string | Buffer
  /** What the directory says instead of the truth. */
  lies?: { unpacked?: number; packed?: number; flags?: number; attributes?: number; offset?: number }
  stored?: boolean
  /** `content` is already deflated, from a text of this check sum and length. */
  deflated?: { crc: number; length: number }
}

/** A zip of these parts, with whatever the directory is to say of them. */
export function zipOf(parts: ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const content = Buffer.from(part.content as string)
    const packed = part.stored || part.deflated ? content : deflateRawSync(content)
    const name = Buffer.from(part.name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE((part.lies?.flags ?? 0) | 0x800, 2)
    fields.writeUInt16LE(part.stored ? 0 : 8, 4)
    fields.writeUInt32LE(part.deflated?.crc ?? crc32(content), 10)
    fields.writeUInt32LE(part.lies?.packed ?? packed.length, 14)
    fields.writeUInt32LE(part.lies?.unpacked ?? part.deflated?.length ?? content.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(part.lies?.attributes ?? 0, 6)
    tail.writeUInt32LE(part.lies?.offset ?? offset, 10)
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, tail, name)
    offset += 4 + fields.length + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}

const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`
const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`

export const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A cell: text, number, nothing, or its own XML with `@` where its address goes. */
export type Cell = string | number | null | { xml: string }

export interface SheetOf {
  name: string
  rows: Cell[][]
  /** Groups of cells shown as one, `B2:B5`. */
  merges?: string[]
}

export interface WorkbookOptions {
  /** Format codes; style `n` (from 1) uses the `n`th. */
  formats?: string[]
  shared?: string[]
  days1904?: boolean
}

/** Parts of a workbook of these sheets, in which texts stand in the cells unless they are `shared`. */
export function workbookParts(
  sheets: SheetOf[],
  { formats = [], shared = [], days1904 }: WorkbookOptions = {},
): ZipPart[] {
  const numbered = sheets.map((sheet, i) => ({ ...sheet, id: `rId${i + 1}`, part: `worksheets/sheet${i + 1}.xml` }))
  const styles = formats.map(
    (code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${escaped(code).replaceAll('"', '&quot;')}"/>`,
  )
  const xfs = formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`)
  return [
    {
      name: '[Content_Types].xml',
      content: xml(`<Types xmlns="${TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>`),
    },
    {
      name: '_rels/.rels',
      content: xml(
        `<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      ),
    },
    {
      name: 'xl/workbook.xml',
      content: xml(
        `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><workbookPr${days1904 ? ' date1904="1"' : ''}/><sheets>${numbered
          .map((sheet, i) => `<sheet name="${escaped(sheet.name)}" sheetId="${i + 1}" r:id="${sheet.id}"/>`)
          .join('')}</sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: xml(
        `<Relationships xmlns="${RELATIONS}">${numbered.map((sheet) => relation(sheet.id, 'worksheet', sheet.part)).join('')}${relation('rIdS', 'styles', 'styles.xml')}${relation('rIdT', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
      ),
    },
    {
      name: 'xl/styles.xml',
      content: xml(
        `<styleSheet xmlns="${MAIN}"><numFmts>${styles.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${xfs.join('')}</cellXfs></styleSheet>`,
      ),
    },
    {
      name: 'xl/sharedStrings.xml',
      content: xml(`<sst xmlns="${MAIN}">${shared.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`),
    },
    ...numbered.map((sheet) => ({ name: `xl/${sheet.part}`, content: sheetXml(sheet) })),
  ]
}

function sheetXml({ rows, merges = [] }: SheetOf): string {
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('')
  const lines = rows.map((cells, y) => {
    const written = cells.map((cell, x) => cellXml(cell, `${letters(x)}${y + 1}`)).join('')
    return `<row r="${y + 1}">${written}</row>`
  })
  return xml(
    `<worksheet xmlns="${MAIN}"><dimension ref="A1:${letters(Math.max(1, rows[0]?.length ?? 1) - 1)}${rows.length}"/><sheetData>${lines.join('')}</sheetData>${merged && `<mergeCells>${merged}</mergeCells>`}</worksheet>`,
  )
}

function cellXml(cell: Cell, address: string): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`
  if (typeof cell === 'object') return cell.xml.replaceAll('@', address)
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
}

export const workbookOf = (sheets: SheetOf[], options?: WorkbookOptions): Buffer =>
  zipOf(workbookParts(sheets, options))
