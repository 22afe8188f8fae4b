import { snapshotWords } from '../app/text/documents.ts'
import type { ReviewLine } from '../domain/form-review.ts'

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
  const attached = files.map((file) => `<li>${escaped(file.name)} · SHA-256 ${escaped(file.sha256)}</li>`).join('')
  return [
    `<article lang="es-CO"><header><p>${escaped(head.entity)} · ${escaped(head.procedure)}</p>`,
    `<h2>${escaped(head.step)}</h2><p>${escaped(head.cycle)}</p></header>`,
    ...sections,
    attached ? `<section><h3>${escaped(snapshotWords.files)}</h3><ul>${attached}</ul></section>` : '',
    '</article>',
  ].join('\n')
}

function section(title: string, lines: ReviewLine[]): string {
  const rows = lines.map((line) => `<dt>${escaped(line.label)}</dt><dd>${paragraphs(line.value)}</dd>`).join('\n')
  return `<section><h3>${escaped(title)}</h3><dl>${rows}</dl></section>`
}

function paragraphs(text: string): string {
  return text === '' ? '—' : escaped(text).replaceAll('\n', '<br>')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
