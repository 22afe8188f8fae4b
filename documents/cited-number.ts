/** How a number is written within a sentence of the report. */
import { figureWords } from '../app/text/documents.ts'
import { formatNumber, formatShare } from '../app/text/format.ts'

/** `n`: «1.234»; `p`: «27,36 %» of the whole. A hidden count, or a share that would give one away, says that it is protected. */
export function citedNumber(as: 'n' | 'p', value: number | null, whole: number | null): string {
  if (value === null || (as === 'p' && whole === null)) return figureWords.hiddenInText
  if (as === 'n') return formatNumber(value)
  return whole ? formatShare(value / whole) : formatShare(0)
}
