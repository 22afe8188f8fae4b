/** A Word document just received, read in a process of its own. */
import { answerApart } from './apart.ts'
import { readWordLook } from './word.ts'

answerApart(({ file }: { file: string }) => readWordLook(file))
