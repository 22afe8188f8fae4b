/** Rejected records as a person corrected them, put in their place while the original is read again (experience 45). */
import { MASKED_VALUE, REJECT_LINE_COLUMN } from '../../catalog/source-texts.ts'
import type { RawRecord } from './csv.ts'
import { FileRefused } from './file-refused.ts'
import { eachRecord, type RecordFile } from './records.ts'
import { eachReject } from './reject-lines.ts'

/** Records one file of corrections may hold: they wait in memory while the original is read. */
const MAX_CORRECTIONS = 100_000

export interface CorrectionFile extends Omit<RecordFile, 'work'> {
  /** The reject file (CSV) of the import that is corrected: nothing else may be changed by it. */
  rejects: string
}

/** Cells by the position of their column; undefined keeps the original's. */
type Correction = (Buffer | undefined)[]

/** Later files correct what earlier ones left. Throws `FileRefused` when one corrects a record that was not rejected. */
export async function readCorrections(
  files: CorrectionFile[],
  header: string[],
  work: string,
): Promise<Map<number, Correction>> {
  const corrections = new Map<number, Correction>()
  for (const file of files) {
    const rejected = new Set<number>()
    await eachReject(file.rejects, (reject) => rejected.add(reject.line))
    const lineAt = file.header.indexOf(REJECT_LINE_COLUMN)
    const places = header.map((name) => file.header.indexOf(name))
    await eachRecord(
      { ...file, work },
      (record) => {
        const line = Number(textOf(record, lineAt))
        if (!rejected.has(line))
          throw new FileRefused('not_rejected', { line: record.line, detail: textOf(record, lineAt) })
        corrections.set(line, correctionOf(record, places, corrections.get(line)))
        if (corrections.size > MAX_CORRECTIONS) throw new FileRefused('too_many_corrections')
      },
      async () => undefined,
    )
  }
  return corrections
}

function correctionOf(record: RawRecord, places: number[], earlier: Correction | undefined): Correction {
  return places.map((place, i) => {
    if (place < 0 || place >= record.cells) return earlier?.[i]
    const cell = record.bytes.subarray(record.starts[place], record.ends[place])
    return cell.equals(MASKED) ? earlier?.[i] : Buffer.from(cell)
  })
}

const MASKED = Buffer.from(MASKED_VALUE)

const textOf = ({ bytes, starts, ends, cells }: RawRecord, column: number) =>
  column < 0 || column >= cells ? '' : bytes.toString('utf8', starts[column], ends[column]).trim()

/** Hands over each record as it was corrected. */
export function withCorrections(
  corrections: Map<number, Correction>,
  width: number,
  onRecord: (record: RawRecord) => void,
): (record: RawRecord) => void {
  if (corrections.size === 0) return onRecord
  return (record) => {
    const correction = corrections.get(record.line)
    onRecord(correction ? corrected(record, correction, width) : record)
  }
}

/** A record whose columns are not those of the header gives nothing to what the correction leaves out. */
function corrected(record: RawRecord, correction: Correction, width: number): RawRecord {
  const isWhole = !record.broken && record.cells === width
  const cells = Array.from({ length: width }, (_, i) => {
    const own = isWhole ? record.bytes.subarray(record.starts[i], record.ends[i]) : EMPTY
    return correction[i] ?? own
  })
  const [starts, ends] = [new Int32Array(width), new Int32Array(width)]
  let at = 0
  cells.forEach((cell, i) => {
    starts[i] = at
    at += cell.length
    ends[i] = at
  })
  const flaws = isWhole ? record.flaws.filter(([column]) => !correction[column]) : []
  return { bytes: Buffer.concat(cells), starts, ends, cells: width, line: record.line, broken: false, flaws }
}

const EMPTY = Buffer.alloc(0)
