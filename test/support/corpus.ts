/** Damaged files, each made by its number alone, and what the product says of them (promises.md G20). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { fileTypeFromBuffer } from 'file-type'
import { uploadText } from '../../app/text/attachments.ts'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { objectionToEvidence } from '../../db/evidence.ts'
import { sniffFile } from '../../db/ingest/sniff.ts'
import { lookAtWorkbook } from '../../db/ingest/workbook/look.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { randomOf } from './random.ts'
import { type Cell, workbookParts, zipOf } from './workbooks.ts'

const KINDS = ['csv', 'xlsx', 'xlsx-part', 'pdf', 'png'] as const
type Kind = (typeof KINDS)[number]

const ROWS: Cell[][] = [
  ['radicado', 'fecha', 'canal', 'dias', 'nombre'],
  ...Array.from({ length: 40 }, (_, i): Cell[] => [
    `R${i}`,
    { xml: `<c r="@" s="1"><v>${45_292 + i}</v></c>` },
    { xml: `<c r="@" t="s"><v>${i % 3}</v></c>` },
    { xml: `<c r="@"><f>A${i}+1</f><v>${i}.5</v></c>` },
    `Ñandú <${i}> "&"`,
  ]),
]
const PARTS = workbookParts([{ name: 'Datos', rows: ROWS }], {
  formats: ['yyyy-mm-dd'],
  shared: ['Web', 'Presencial', 'Teléfono'],
})
const TEXT = `radicado;fecha;canal;dias;nombre\n${Array.from({ length: 40 }, (_, i) => `R${i};2024-01-${String((i % 28) + 1).padStart(2, '0')};Web;${i},5;"Ñandú ""${i}"""`).join('\n')}\n`

function pngOf(): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type, 'latin1'), content])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    sum.writeUInt32BE(crc32(typed))
    return Buffer.concat([length, typed, sum])
  }
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0])
  const pixels = deflateSync(Buffer.alloc(8 * 9, 7))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n',
)

/** Whole files from which the damaged ones are made. */
export const SOUND: Record<Kind, (random: () => number) => Buffer> = {
  csv: (random) => {
    const at = Math.floor(random() * 4)
    if (at === 1) return Buffer.from(TEXT, 'latin1')
    const wide = Buffer.from(`\uFEFF${TEXT}`, 'utf16le')
    return at === 2 ? wide : at === 3 ? wide.swap16() : Buffer.from(TEXT)
  },
  xlsx: () => zipOf(PARTS),
  'xlsx-part': () => zipOf(PARTS),
  pdf: () => PDF,
  png: pngOf,
}

const TOKENS = [
  ...[
    '"',
    '""',
    '\n',
    '\r',
    ';',
    '\0',
    '\uFEFF',
    'PK\x03\x04',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&lt;',
    '&#0;',
    '&b;',
    ']]>',
    '<![CDATA[',
  ],
  ...[
    '</row>',
    '</sheetData>',
    '<row r="0">',
    '<row r="1048577">',
    '<c r="ZZZZ1"/>',
    '<c t="s"><v>9999999</v></c>',
    '<v>1e999</v>',
    '%PDF-1.7',
  ],
  ...[
    '/JavaScript',
    '/Encrypt',
    '%%EOF',
    '<html><script>',
    '\xff\xfe',
    '\xed\xa0\x80',
    '=cmd|1',
    '9'.repeat(400),
    'x'.repeat(70_000),
  ],
]

/** One to eight small damages. */
function damaged(sound: Buffer, random: () => number): Buffer {
  let content = Buffer.from(sound)
  const somewhere = () => Math.floor(random() * (content.length + 1))
  for (let left = 1 + Math.floor(random() * 8); left > 0; left--) {
    const [a, b] = [somewhere(), somewhere()].sort((x, y) => x - y) as [number, number]
    const token = Buffer.from(TOKENS[Math.floor(random() * TOKENS.length)] as string, 'latin1')
    const way = Math.floor(random() * 7)
    if (way === 0) content = content.subarray(0, b)
    else if (way === 1) content = Buffer.concat([content.subarray(0, a), content.subarray(Math.min(b, a + 64))])
    else if (way === 2) content = Buffer.concat([content.subarray(0, a), token, content.subarray(a)])
    else if (way === 3) content = Buffer.concat([content.subarray(0, b), content.subarray(a)])
    else if (way === 4) content.fill(0, a, Math.min(b, a + 64))
    else
      for (let n = 1 + Math.floor(random() * 8); n > 0 && content.length > 0; n--)
        content[Math.min(somewhere(), content.length - 1)] = Math.floor(random() * 256)
  }
  return content
}

/** Damaged file number `n` of a seed. */
function corpusFile(seed: number, n: number): { kind: Kind; content: Buffer } {
  const random = randomOf(Math.imul(seed, 2_654_435_761) + n)
  const kind = KINDS[n % KINDS.length] as Kind
  if (kind !== 'xlsx-part') return { kind, content: damaged(SOUND[kind](random), random) }
  // The zip is sound and one of its parts is not: what stands behind the directory is reached.
  const at = Math.floor(random() * PARTS.length)
  return {
    kind,
    content: zipOf(
      PARTS.map((part, i) => (i === at ? { ...part, content: damaged(Buffer.from(part.content), random) } : part)),
    ),
  }
}

export interface Said {
  kind: Kind
  /** Reason code, or `accepted`. */
  code: string
  sentence: string
  milliseconds: number
}

/** What the product says of a damaged file. Throws whatever is no refusal. */
export async function judge(seed: number, n: number, folder: string): Promise<Said> {
  const { kind, content } = corpusFile(seed, n)
  const start = performance.now()
  const [code, sentence] =
    kind === 'pdf' || kind === 'png' ? await asEvidence(content) : await asSource(content, folder)
  return { kind, code, sentence, milliseconds: performance.now() - start }
}

async function asEvidence(content: Buffer): Promise<[string, string]> {
  const type = await fileTypeFromBuffer(content).catch(() => undefined)
  if (!type) return ['wrong_type', uploadText.wrongType]
  const objection = await objectionToEvidence(content, type.mime)
  return objection ? [objection, uploadText.objections[objection]] : ['accepted', '']
}

async function asSource(content: Buffer, folder: string): Promise<[string, string]> {
  const work = await mkdtemp(join(folder, 'archivo-'))
  try {
    const file = join(work, 'archivo')
    await writeFile(file, content)
    const seen = await sniffFile(file, { look: (path) => lookAtWorkbook(path, work) })
    if (!seen.ok) return [seen.refusal.code, fileRefusalSentence(seen.refusal)]
    const mapping = proposeMapping(seen.file.header, seen.file.sampleRows)
    const options = { file, sniff: seen.file, mapping, secretKey: Buffer.alloc(32, 7), outDir: join(work, 'corte') }
    const built = await buildSnapshot(options)
    return built.ok ? ['accepted', ''] : [built.refusal.code, fileRefusalSentence(built.refusal)]
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
