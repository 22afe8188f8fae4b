import { reportText as text } from '../../text/report.ts'

export interface Titled {
  id: string
  title: string
}

/** What stands for a figure while a section is written: its title, or that step 4 no longer has it. */
export function figureWords(id: string, figures: readonly Titled[], gone: readonly Titled[]): string {
  const standing = figures.find((one) => one.id === id)
  if (standing) return text.figureShown(standing.title)
  return text.figureGone(gone.find((one) => one.id === id)?.title ?? '')
}
