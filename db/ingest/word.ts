/** A Word document read for how it looks: letterhead, colours, paper (G1). Nothing it says is run or fetched. */
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import { LOOK_PROPERTY, type WordLook } from '../../domain/word-look.ts'
import { FileRefused } from './file-refused.ts'
import { readXml } from './workbook/xml.ts'
import { openPackage, type Package } from './workbook/zip.ts'

/** A template is a letterhead and some pages. */
const LIMITS = { entries: 2_000, unpackedBytes: 100_000_000, isDocument: true }
const MAX_PICTURE = 500_000
const MAX_LETTERS = 2_000

/** Throws `FileRefused` when the file is no Word document we can read. */
export async function readWordLook(source: string | Buffer): Promise<WordLook> {
  const zip = await openPackage(source, LIMITS)
  try {
    const main = (await relationsOf(zip, '')).find(({ kind }) => kind === 'officeDocument')?.target
    if (!main || !zip.has(main) || !(await isWord(zip))) throw new FileRefused('wrong_type')
    const relations = await relationsOf(zip, main)
    const parts = (kind: string) => relations.filter((one) => one.kind === kind && zip.has(one.target))
    const heads = parts('header').map(({ target }) => target)
    const [styles] = parts('styles')
    return {
      property: await propertyOf(zip),
      header: await firstLines(zip, heads),
      footer: await firstLines(
        zip,
        parts('footer').map(({ target }) => target),
      ),
      ...(styles ? await stylesOf(zip, styles.target) : { colour: null, font: null, halfPoints: null }),
      paper: await paperOf(zip, main),
      picture: await firstPicture(zip, [...heads, main]),
    }
  } finally {
    zip.close()
  }
}

interface Relation {
  /** The last word of its type: `header`, `image`, `styles`. */
  kind: string
  target: string
}

/** Those to parts of the same file; what lies elsewhere is not followed. */
async function relationsOf(zip: Package, part: string): Promise<Relation[]> {
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)
  const relations: Relation[] = []
  if (!zip.has(name)) return relations
  await readXml(await zip.open(name), {
    open: (element, { Type = '', Target = '', TargetMode }) => {
      if (element !== 'Relationship' || TargetMode === 'External') return
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(posix.dirname(part), Target)
      if (target.startsWith('..')) throw new FileRefused('unsafe_zip')
      relations.push({ kind: Type.slice(Type.lastIndexOf('/') + 1), target })
    },
  })
  return relations
}

async function isWord(zip: Package): Promise<boolean> {
  if (!zip.has('[Content_Types].xml')) return false
  const types: string[] = []
  await readXml(await zip.open('[Content_Types].xml'), {
    open: (_name, { ContentType }) => {
      if (ContentType) types.push(ContentType)
    },
  })
  if (types.some((type) => /macroEnabled|vbaProject/i.test(type))) throw new FileRefused('macros')
  return types.some((type) => /wordprocessingml\.(document|template)\.main/i.test(type))
}

/** Paragraphs of the first of these parts that says something, without what fields like the page number show. */
async function firstLines(zip: Package, parts: string[]): Promise<string[]> {
  for (const part of parts) {
    const lines = await linesOf(await zip.open(part))
    if (lines.length > 0) return lines
  }
  return []
}

async function linesOf(part: Readable): Promise<string[]> {
  const lines: string[] = []
  let line = ''
  let isText = false
  let fields = 0
  await readXml(part, {
    open: (name, attributes) => {
      if (name === 't') isText = fields === 0
      else if (name === 'fldSimple') fields++
      else if (name === 'tab' || name === 'br') line += ' '
      else if (name === 'fldChar') fields += fieldStep(attributes)
    },
    text: (text) => {
      if (isText && line.length < MAX_LETTERS) line += text
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'fldSimple') fields--
      else if (name === 'p') {
        if (line.trim() !== '') lines.push(line.replace(/\s+/g, ' ').trim())
        line = ''
      }
    },
    isDone: () => lines.length > 20,
  })
  return lines
}

function fieldStep(attributes: Record<string, string>): number {
  const type = attributes['w:fldCharType']
  return type === 'begin' ? 1 : type === 'end' ? -1 : 0
}

async function stylesOf(zip: Package, part: string): Promise<Pick<WordLook, 'colour' | 'font' | 'halfPoints'>> {
  const found: Pick<WordLook, 'colour' | 'font' | 'halfPoints'> = { colour: null, font: null, halfPoints: null }
  let isDefault = false
  let style = ''
  await readXml(await zip.open(part), {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? ''
      if (name === 'rPrDefault') isDefault = true
      else if (name === 'style') style = attributes['w:styleId'] ?? ''
      else if (name === 'name' && /^(heading|título|titulo) 1$/i.test(value)) style = HEADING
      else if (name === 'rFonts' && isDefault) found.font = attributes['w:ascii'] ?? null
      else if (name === 'sz' && isDefault) found.halfPoints = Number(value) || null
      else if (name === 'color' && (style === HEADING || style === 'Ttulo1') && /^[0-9a-f]{6}$/i.test(value))
        found.colour = `#${value.toLowerCase()}`
    },
    close: (name) => {
      if (name === 'rPrDefault') isDefault = false
      else if (name === 'style') style = ''
    },
  })
  return found
}

const HEADING = 'Heading1'

/** Twentieths of a point, of the first section that says its paper. */
async function paperOf(zip: Package, main: string): Promise<WordLook['paper']> {
  let paper: WordLook['paper'] = null
  await readXml(await zip.open(main), {
    open: (name, attributes) => {
      const [width, height] = [Number(attributes['w:w']), Number(attributes['w:h'])]
      if (name === 'pgSz' && paper === null && width > 0 && height > 0) paper = { width, height }
    },
    isDone: () => paper !== null,
  })
  return paper
}

/** The first picture a part shows; of a letterhead before one of the text. */
async function firstPicture(zip: Package, parts: string[]): Promise<WordLook['picture']> {
  for (const part of parts) {
    const [image] = (await relationsOf(zip, part)).filter((one) => one.kind === 'image' && zip.has(one.target))
    if (!image) continue
    const content = await upTo(await zip.open(image.target), MAX_PICTURE)
    return content ? content.toString('base64') : 'too_big'
  }
  return null
}

async function upTo(part: Readable, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of part as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limit) {
      part.destroy()
      return null
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What a document of ours says of its own look. */
async function propertyOf(zip: Package): Promise<string | null> {
  const part = 'docProps/custom.xml'
  if (!zip.has(part)) return null
  let isOurs = false
  let said = ''
  await readXml(await zip.open(part), {
    open: (name, attributes) => {
      if (name === 'property') isOurs = attributes.name === LOOK_PROPERTY
    },
    text: (text) => {
      if (isOurs && said.length < MAX_LETTERS) said += text
    },
    close: (name) => {
      if (name === 'property') isOurs = false
    },
  })
  return said.trim() || null
}
