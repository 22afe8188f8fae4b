/** A workbook just received, looked at in a process of its own. */
import { answerApart } from '../apart.ts'
import { lookAtWorkbook } from './look.ts'

answerApart(({ file, work }: { file: string; work: string }) => lookAtWorkbook(file, work))
