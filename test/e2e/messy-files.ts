/** Files as municipalities send them: titles above the header, Windows-1252, two header rows, columns under new names. */
import { sniffFile } from '../../db/ingest/sniff.ts'
import { picker, randomFrom } from '../../scripts/city-file/draws.ts'
import { type Cell, workbookOf } from '../support/workbooks.ts'

/** Good records of each file of the register; the bad ones come beside them. */
export const REGISTER_ROWS = 2_000
export const REGISTER_BAD = 20
export const SURVEY_ROWS = 600

export const CHANNELS = ['Presencial', 'Teléfono', 'Web']

const HEADERS = {
  first: [
    ...['Número de documento', 'Fecha de atención', 'Canal de atención', 'Zona', 'Tipo de comunicación'],
    ...['Grupo de edad', 'Observación'],
  ],
  next: [
    ...['Número documento', 'Fecha de la atención', 'Canal de atencion', 'Zona', 'Tipo comunicación'],
    ...['Rango etario', 'Observación'],
  ],
}

const TITLES = {
  first: ['Alcaldía Distrital de Santiago de Cali', 'Registro de atención, enero a diciembre de 2024'],
  next: ['Registro de atención con corte a diciembre de 2024'],
}

/** A register of attention: `;`, Windows-1252, day first, titles above; the next one has renamed columns and other people. */
export function register(which: keyof typeof HEADERS): Buffer {
  const random = randomFrom(which === 'first' ? 11 : 12)
  const draw = (list: [string, number][]) => picker(list, random)
  const channel = draw([
    ['Presencial', 50],
    ['Teléfono', 20],
    ['Web', 30],
  ])
  const zone = draw([
    ['Urbana', 75],
    ['Rural', 25],
  ])
  const kind = draw([
    ['Petición General', 60],
    ['Queja', 15],
    ['Reclamo', 15],
    ['Otros', 10],
  ])
  const age = draw([
    ['18 a 28 años', 30],
    ['29 a 59 años', 50],
    ['60 años o más', 20],
  ])
  const good = (n: number) => [String(90_000_000 + n), dateOf(n), channel(), zone(), kind(), age(), '']
  const lines = Array.from({ length: REGISTER_ROWS }, (_, n) => good(n))
  // Every hundredth record is followed by a bad one: a day that does not exist, a channel nobody knows, no zone.
  const spoilt = Array.from({ length: REGISTER_BAD }, (_, i) => spoil(good(REGISTER_ROWS + i), i))
  spoilt.forEach((line, i) => {
    lines.splice((i + 1) * 100, 0, line)
  })
  const text = [...TITLES[which].map((title) => [title]), HEADERS[which], ...lines].map((cells) => cells.join(';'))
  return Buffer.from(`${text.join('\r\n')}\r\n`, 'latin1')
}

const dateOf = (n: number) => `${String((n % 28) + 1).padStart(2, '0')}/${String((n % 12) + 1).padStart(2, '0')}/2024`

function spoil(line: string[], i: number): string[] {
  const [column, value] = [[1, '31/02/2024'] as const, [2, 'Paloma mensajera'] as const, [3, ''] as const][i % 3] ?? [
    3,
    '',
  ]
  return line.map((cell, c) => (c === column ? value : c === line.length - 1 ? 'por revisar' : cell))
}

/** A workbook whose title stands above two rows of header: «Experiencia» over two columns. */
export function surveyBook(): Buffer {
  const random = randomFrom(13)
  const rating = picker(
    [
      ['Excelente', 55],
      ['Bueno', 30],
      ['Regular', 10],
      ['Malo', 5],
    ],
    random,
  )
  const point = picker(
    [
      ['CAM Sótano 1', 60],
      ['CALI 5 Rivera', 40],
    ],
    random,
  )
  const records = Array.from({ length: SURVEY_ROWS }, (): Cell[] => [point(), rating(), Math.floor(random() * 60)])
  const header: Cell[][] = [
    ['Punto de atención', 'Experiencia', null],
    [null, 'Calificación', 'Minutos de espera'],
  ]
  return workbookOf([{ name: 'Encuesta', rows: [['Encuesta de salida 2024', null, null], ...header, ...records] }])
}

/** The rejects as downloaded, put right but for the first two: what a person does in Excel. */
export async function correctedRejects(downloaded: string): Promise<{ book: Buffer; corrected: number }> {
  const seen = await sniffFile(downloaded)
  if (!seen.ok) throw new Error(seen.refusal.code)
  const { header, sampleRows } = seen.file
  const right: Record<string, string> = {
    'Fecha de la atención': '15/03/2024',
    'Canal de atencion': 'Web',
    Zona: 'Rural',
  }
  const rows = sampleRows.map((row, i) => (i < 2 ? row : row.map((cell, c) => right[header[c] ?? ''] ?? cell)))
  return { book: workbookOf([{ name: 'Rechazados', rows: [header, ...rows] }]), corrected: sampleRows.length - 2 }
}
