import { snapshotWords } from '../app/text/documents.ts'
import type { ReviewLine } from '../domain/form-review.ts'
import { escapedHtml, richHtml } from './rich-html.ts'

export interface SnapshotHead {
  entity: string
  cycle: string
  step: string
  procedure: string
}

/** The step as its approvers read it, kept with the version for ever: plain HTML without script or outside reference. */
export function renderSnapshot(
  head: SnapshotHead,
  lines: ReviewLine[],
  files: { name: string; sha256: string }[],
): string {
  const groups = [...new Set(lines.map((line) => line.group))]
  const sections = groups.map((group) =>
    section(
      group,
      lines.filter((line) => line.group === group),
    ),
  )
  const attached = files
    .map((file) => `<li>${escapedHtml(file.name)} · SHA-256 ${escapedHtml(file.sha256)}</li>`)
    .join('')
  return [
    `<article lang="es-CO"><header><p>${escapedHtml(head.entity)} · ${escapedHtml(head.procedure)}</p>`,
    `<h2>${escapedHtml(head.step)}</h2><p>${escapedHtml(head.cycle)}</p></header>`,
    ...sections,
    attached ? `<section><h3>${escapedHtml(snapshotWords.files)}</h3><ul>${attached}</ul></section>` : '',
    '</article>',
  ].join('\n')
}

function section(title: string, lines: ReviewLine[]): string {
  const rows = lines
    .map(
      (line) =>
        `<dt>${escapedHtml(line.label)}</dt><dd>${line.doc ? richHtml(line.doc, { figure: namedFigure, deeper: 1 }) : paragraphs(line.value)}</dd>`,
    )
    .join('\n')
  return `<section><h3>${escapedHtml(title)}</h3><dl>${rows}</dl></section>`
}

const namedFigure = (id: string) => `<p>[${escapedHtml(snapshotWords.figure)} ${escapedHtml(id)}]</p>`

function paragraphs(text: string): string {
  return text === '' ? '—' : escapedHtml(text).replaceAll('\n', '<br>')
}
