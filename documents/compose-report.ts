/** From the answers of step 6 to the one document that PDF, DOCX and page print. */
import { caveatSentence, representativenessParagraph } from '../app/text/coverage.ts'
import { reportWords } from '../app/text/documents.ts'
import { formDefinition } from '../catalog/forms/index.ts'
import type { Representativeness } from '../domain/coverage.ts'
import { type ChartKind, chartFor, type RequestedFigure } from '../domain/figures.ts'
import { type Answers, answerList, answerText, type FormGroup, rowsOf, textOf } from '../domain/forms.ts'
import type { Procedure } from '../domain/procedures.ts'
import type { StepAnswers } from '../domain/references.ts'
import type { ReportLook } from '../domain/report-look.ts'
import { originOf } from '../domain/report-numbers.ts'
import { docFromPlain, numbersIn, type RichDoc, richOf, withNumbers } from '../domain/rich-text.ts'
import type { Figure } from './figures.ts'
import type { ReportData, ReportFigure, ReportSection, Signer, Unfinished } from './report-content.ts'

export interface ReportGrounds {
  entityName: string
  /** SHA-256 of the shield's PNG; null where the entity has none. */
  shieldHash: string | null
  look: ReportLook
  cycle: { vigencia: number; radicado: string; trd: string; administrativeAct: string | null }
  procedure: Procedure
  /** `n` is 0 and `hash` empty for a draft. */
  version: { n: number; formVersion: number; hash: string; answers: Answers }
  /** Approved answers of steps 1 to 5, and those of step 6. */
  answers: StepAnswers
  signers: Signer[]
  /** Recommendations of earlier vigencias that are not finished. */
  unfinished: Unfinished[]
  /** Earlier reports of this cycle, oldest first. */
  earlier: { version: number; issuedAt: Date; code: string }[]
  /** Name of each agency by its code in forms. */
  agencies: ReadonlyMap<string, string>
  /** Name of the position of each duty. */
  duties: ReadonlyMap<string, string>
  demoNote: string | null
}

export interface ComposedFigure extends Pick<RequestedFigure, 'id' | 'kind' | 'variable' | 'chart'> {
  title: string
  figure: Figure | null
}

export interface ReportNumbersNow {
  figures: readonly ComposedFigure[]
  /** The number behind a reference as it stands now; null where its source no longer gives it. */
  numberAt: (key: string) => { shown: string } | null
  /** What the report says of its own base beside what its authors write (N17). */
  base: Representativeness
}

export interface Issue {
  /** Empty for a draft. */
  code: string
  publicUrl: string
  shield: Buffer | null
}

/** Numbers by reference are shown as they stand now; while their source is the one they were signed on, that is as signed. */
export function composeReport(from: ReportGrounds, now: ReportNumbersNow, issue: Issue): ReportData {
  const { cycle, procedure, version, signers, look } = from
  return {
    ...{ entity: from.entityName, process: procedure.process, code: procedure.code, version: version.n, ...cycle },
    ...{ look, shield: issue.shield, signers, contentHash: version.hash },
    title: reportWords.reportTitle(cycle.vigencia),
    unfinished: from.unfinished,
    sections: sectionsOf(from, now),
    recommendations: recommendationsOf(from, now),
    glossary: rowsOf(version.answers, 'glosario', 'lista').map((row) => ({
      term: textOf(row.termino),
      definition: textOf(row.definicion),
    })),
    changes: changesOf(from),
    changeText: changeTextOf(version.answers, now),
    verificationCode: issue.code,
    verificationUrl: issue.code && new URL(`/verificar/${issue.code}`, issue.publicUrl).href,
    demoNote: from.demoNote ?? now.figures.find(({ figure }) => figure?.demoNote)?.figure?.demoNote ?? null,
    issuedAt: lastSigned(from),
  }
}

const lastSigned = ({ signers }: ReportGrounds) => signers.at(-1)?.signedAt ?? ''

/** The form's own groups in printing order; glossary and control of changes have their places at the end. */
function sectionsOf(from: ReportGrounds, now: ReportNumbersNow): ReportData['sections'] {
  const { groups } = formDefinition('6', from.version.formVersion)
  return groups
    .filter((group) => group.code !== 'cambios' && group.code !== 'glosario')
    .map((group) => (group.code === 'recomendaciones' ? 'recommendations' : sectionOf(group, from, now)))
}

function changeTextOf(answers: Answers, { base }: ReportNumbersNow): RichDoc {
  const written = richOf(answerText(answers, 'cambios', 'texto'))
  return withParagraphs(written, generatedFor('cambios', written, base))
}

function sectionOf(group: FormGroup, from: ReportGrounds, now: ReportNumbersNow): ReportSection {
  const { answers } = from.version
  const written = richOf(answerText(answers, group.code, 'texto'))
  return {
    code: group.code,
    title: group.title,
    doc: withParagraphs(
      withNumbers(written, (attrs) => ({ ...attrs, shown: now.numberAt(attrs.ref)?.shown ?? attrs.shown })),
      generatedFor(group.code, written, now.base),
    ),
    after: answerList(answers, group.code, 'figuras'),
    figures: new Map(now.figures.map((one) => [one.id, reportFigure(one, from)])),
  }
}

/** Paragraphs that stand in a section whatever its authors write: the base of the results, and the caveats of segments (N17). */
function generatedFor(section: string, doc: RichDoc, base: Representativeness): string[] {
  const origins = numbersIn(doc).map(({ ref }) => originOf(ref))
  const spokenOf = base.caveats.filter(
    ({ segmentId }) => section === 'segmentos' || origins.includes(`segmento:${segmentId}`),
  )
  return [
    ...(section === 'fuentes' ? [representativenessParagraph(base)] : []),
    ...spokenOf.map((caveat) => `${caveat.name}. ${caveatSentence(caveat, base.floor.base)}`),
  ]
}

const withParagraphs = (doc: RichDoc, paragraphs: string[]): RichDoc =>
  paragraphs.length === 0 ? doc : { ...doc, content: [...doc.content, ...docFromPlain(paragraphs.join('\n')).content] }

/** Drawn as step 4 says, else as step 5 reads its variable. */
function reportFigure(asked: ComposedFigure, from: ReportGrounds): ReportFigure {
  const reading = rowsOf(from.answers['5'], 'lecturas', 'lista').find((row) => row.variable === asked.variable)
  const kind: ChartKind = chartFor(asked, textOf(reading?.grafica))
  return { figure: asked.figure, title: asked.title, kind }
}

function recommendationsOf(
  { version, procedure, agencies, duties }: ReportGrounds,
  { base }: ReportNumbersNow,
): ReportData['recommendations'] {
  const lines = new Map(procedure.actionLines.map((line) => [line.code, line.text]))
  return rowsOf(version.answers, 'recomendaciones', 'lista').map((row) => ({
    text: [textOf(row.texto), caveatOf(textOf(row.segmento), base)].filter(Boolean).join(' '),
    actionLine: lines.get(textOf(row.linea)) ?? '',
    agency: agencies.get(textOf(row.dependencia)) ?? '',
    owner: duties.get(textOf(row.responsable)) ?? '',
    indicator: textOf(row.indicador),
    due: textOf(row.plazo),
    priority: reportWords.priorities[textOf(row.prioridad)] ?? '',
  }))
}

/** A recommendation for a segment carries the caveat of that segment. */
function caveatOf(segmentId: string, { caveats, floor }: Representativeness): string {
  const caveat = caveats.find((one) => one.segmentId === segmentId)
  return caveat ? caveatSentence(caveat, floor.base) : ''
}

function changesOf(from: ReportGrounds): ReportData['changes'] {
  const earlier = from.earlier.map(({ version, issuedAt, code }) => ({
    ...{ version, at: issuedAt.toISOString() },
    description: reportWords.earlierVersion(code),
  }))
  if (from.version.n === 0) return earlier
  return [...earlier, { version: from.version.n, at: lastSigned(from), description: reportWords.thisVersion }]
}
