/** The other side of `lookApart`: one workbook, one answer. */
import { FileRefused } from '../file-refused.ts'
import type { Looked } from './apart.ts'
import { lookAtWorkbook } from './look.ts'

const [file = '', work = ''] = process.argv.slice(2)

async function look(): Promise<Looked> {
  try {
    return { sheets: await lookAtWorkbook(file, work) }
  } catch (error) {
    if (error instanceof FileRefused) return { refusal: error.refusal }
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

process.send?.(await look(), () => process.disconnect())
