/** A workbook just received, read in a process of its own. */
import { answerApart } from '../apart.ts'
import { readTables, type TableLimits } from './tables.ts'

answerApart(({ file, work, limits }: { file: string; work: string; limits: TableLimits }) =>
  readTables(file, work, limits),
)
