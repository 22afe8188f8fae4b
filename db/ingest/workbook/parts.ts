/** What a workbook says of itself: its sheets, its calendar, how its cells show numbers (ECMA-376 part 1, §18). */
import { posix } from 'node:path'
import { FileRefused } from '../file-refused.ts'
import { builtInFormat, formatOf, GENERAL, type NumberFormat } from './formats.ts'
import { readXml } from './xml.ts'
import type { Package } from './zip.ts'

export interface SheetPart {
  name: string
  part: string
}

export interface WorkbookParts {
  /** In the order of their tabs; charts and hidden sheets are left out. */
  sheets: SheetPart[]
  strings: string | undefined
  /** By the number of a cell's style. */
  formats: NumberFormat[]
  days1904: boolean
}

const MAX_SHEETS = 100
const MAX_STYLES = 70_000
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships/'
const OPEN = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'

interface Relation {
  /** The last word of its type: `worksheet`, `styles`, `sharedStrings`. */
  kind: string
  target: string
}

export async function readParts(zip: Package): Promise<WorkbookParts> {
  await refuseOtherContent(zip)
  const root = await relationsOf(zip, '')
  const main = [...root.values()].find((relation) => relation.kind === 'officeDocument')?.target ?? 'xl/workbook.xml'
  if (!zip.has(main)) throw new FileRefused('damaged_workbook')
  const relations = await relationsOf(zip, main)
  const { sheets, days1904 } = await readWorkbook(zip, main)
  const found = sheets.flatMap(({ name, relation }) => {
    const target = relations.get(relation)
    return target?.kind === 'worksheet' && zip.has(target.target) ? [{ name, part: target.target }] : []
  })
  if (found.length === 0) throw new FileRefused('no_sheet')
  const partOf = (kind: string) =>
    [...relations.values()].find((one) => one.kind === kind && zip.has(one.target))?.target
  const styles = partOf('styles')
  return {
    sheets: found.slice(0, MAX_SHEETS),
    strings: partOf('sharedStrings'),
    formats: styles ? await readStyles(zip, styles) : [],
    days1904,
  }
}

/** The table of contents tells a workbook from a document, and one with macros from one without. */
async function refuseOtherContent(zip: Package): Promise<void> {
  if (!zip.has('[Content_Types].xml')) throw new FileRefused('wrong_type', { detail: 'zip' })
  const types: string[] = []
  await readXml(await zip.open('[Content_Types].xml'), {
    open: (_name, { ContentType }) => {
      if (ContentType) types.push(ContentType)
    },
  })
  const has = (words: RegExp) => types.some((type) => words.test(type))
  if (has(/macroEnabled|vbaProject/i)) throw new FileRefused('macros')
  if (has(/ms-excel\.sheet\.binary/i)) throw new FileRefused('wrong_type', { detail: 'xlsb' })
  if (has(/wordprocessingml/i)) throw new FileRefused('wrong_type', { detail: 'docx' })
  if (has(/presentationml/i)) throw new FileRefused('wrong_type', { detail: 'pptx' })
}

async function relationsOf(zip: Package, part: string): Promise<Map<string, Relation>> {
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  const relations = new Map<string, Relation>()
  if (!zip.has(name)) return relations
  await readXml(await zip.open(name), {
    open: (element, { Id, Type = '', Target = '', TargetMode }) => {
      if (element !== 'Relationship' || !Id) return
      const kind = Type.startsWith(STRICT) || Type.startsWith(OPEN) ? Type.slice(Type.lastIndexOf('/') + 1) : ''
      if (kind === 'externalLink') throw new FileRefused('external_links')
      if (TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(part), Target)
      if (target.startsWith('..')) throw new FileRefused('unsafe_zip')
      relations.set(Id, { kind, target })
    },
  })
  return relations
}

async function readWorkbook(zip: Package, part: string) {
  const sheets: { name: string; relation: string }[] = []
  let days1904 = false
  await readXml(await zip.open(part), {
    open: (element, attributes) => {
      if (element === 'workbookPr') days1904 = isTrue(attributes.date1904)
      if (element !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1]
      const isShown = (attributes.state ?? 'visible') === 'visible'
      if (relation && isShown) sheets.push({ name: (attributes.name ?? '').slice(0, 100), relation })
    },
  })
  return { sheets, days1904 }
}

export const isTrue = (value: string | undefined) => value === '1' || value === 'true'

async function readStyles(zip: Package, part: string): Promise<NumberFormat[]> {
  const written = new Map<number, NumberFormat>()
  const formats: NumberFormat[] = []
  let isCells = false
  await readXml(await zip.open(part), {
    open: (element, attributes) => {
      if (element === 'numFmt') written.set(Number(attributes.numFmtId), formatOf(attributes.formatCode ?? ''))
      else if (element === 'cellXfs') isCells = true
      else if (element === 'xf' && isCells && formats.length < MAX_STYLES) {
        const id = Number(attributes.numFmtId ?? 0)
        formats.push(written.get(id) ?? builtInFormat(id))
      }
    },
    close: (element) => {
      if (element === 'cellXfs') isCells = false
    },
  })
  return formats
}

export const formatAt = (formats: NumberFormat[], style: string | undefined): NumberFormat =>
  (style === undefined ? undefined : formats[Number(style)]) ?? GENERAL
