/** A workbook of rejects, made in a process of its own. */
import { answerApart } from './apart.ts'
import { type RejectBookTask, writeRejectBook } from './reject-book.ts'

answerApart((task: RejectBookTask) => writeRejectBook(task))
