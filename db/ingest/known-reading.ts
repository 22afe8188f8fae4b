/** A file of a source that was read before is read as it was then where that finds more of its columns (experience 46). */
import type { Reading } from '../../domain/file-readings.ts'
import type { SniffedFile } from '../../domain/sources.ts'
import { FileRefused } from './file-refused.ts'
import { type FileHead, readAs } from './head.ts'
import type { Sniffed } from './sniff.ts'

/** What was chosen for the accepted file, and the names of its columns. */
export type KnownReading = Reading & { header: string[] }

/** The file as detected, or as the accepted one was read: its sheet, its separator, the lines of its header. */
export function readLike({ file, head }: Pick<Sniffed, 'file' | 'head'>, known: KnownReading): SniffedFile {
  const { format, encoding, separator, sheet, headerLine, headerRows } = known
  const found = (header: string[]) => known.header.filter((name) => header.includes(name)).length
  if (format !== file.format || found(file.header) === known.header.length) return file
  const candidates = [
    { ...file, encoding, separator, sheet, headerLine, headerRows },
    // A sheet is named after its year, and an encoding is what the file's bytes say.
    { ...file, headerLine, headerRows },
  ]
  return candidates
    .flatMap((reading) => readSo(head, reading) ?? [])
    .reduce((best, one) => (found(one.header) > found(best.header) ? one : best), file)
}

function readSo(head: FileHead, file: SniffedFile): SniffedFile | null {
  try {
    const { header, sample } = readAs(head, file)
    return { ...file, header, columns: header.length, sampleRows: sample.map((row) => row.cells) }
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
}
