import { FREQUENCIES, LICENCES } from '../../catalog/forms/choices.ts'
import { statementOf } from '../../catalog/statements.ts'
import type { Trx } from '../../db/client.ts'
import { type Correction, findLastTakenBack, findOpenCorrection, findReleaseAnswers } from '../../db/corrections.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { listReleaseFiles } from '../../db/release-files.ts'
import { findRelease, type ReleasePage } from '../../db/release-pages.ts'
import { isCivilDate } from '../../domain/civil-dates.ts'
import { nextSigner, objectionToSigning } from '../../domain/corrections.ts'
import { type Answers, answerText, rowsOf, textOf } from '../../domain/forms.ts'
import { releaseRow, whyNot } from '../../domain/permissions.ts'
import { isHidden } from '../../domain/releases.ts'
import { isStorable } from '../../domain/storable.ts'
import type { Typed } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { seesDrafts } from '../release-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { correctionText as words } from '../text/corrections.ts'
import { dutyName } from '../text/duties.ts'
import { sentenceOf } from '../text/refusals.ts'

/** Fields of step 7 a correction may change, by their code; the title names the dataset and stays. */
const WORDS = ['descripcion', 'desde', 'hasta', 'frecuencia', 'licencia', 'area', 'correo', 'etiquetas'] as const

/** The release, its open correction and what this person may do; undefined where it cannot be seen or corrected by anyone. */
export async function correctionPage(trx: Trx, actor: Actor, releaseId: string) {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release || isHidden(release.status)) return undefined
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  if (!seesDrafts(actor, procedure)) return undefined
  const row = releaseRow(actor.entityId, procedure)
  const correction = await findOpenCorrection(trx, releaseId)
  const answers = correction?.answers ?? (await findReleaseAnswers(trx, releaseId)) ?? {}
  const mayCorrect = release.status === 'published' && !whyNot(permitted(actor), 'correct', 'Release', row)
  const person = { personId: actor.personId, duty: actor.position.duty }
  const against = correction ? objectionToSigning(correction, person, row.signerDuties) : null
  const next = correction && nextSigner(correction, row.signerDuties)
  return {
    release: shownRelease(release),
    takenBack: (await findLastTakenBack(trx, releaseId)) ?? null,
    correction: correction ? shownCorrection(correction) : null,
    files: correction?.releaseId ? await listReleaseFiles(trx, correction.releaseId) : [],
    initial: {
      reason: correction?.reason ?? '',
      note: correction ? answerText(answers, 'cambios', 'nota') : '',
      ...valuesOf(answers),
    },
    tables: tablesOf((await findReleaseAnswers(trx, releaseId)) ?? {}, answers),
    choices: { frequencies: FREQUENCIES, licences: LICENCES },
    may: {
      prepare: mayCorrect && (!correction || correction.status === 'preparing'),
      submit: mayCorrect && correction?.status === 'preparing',
      discard: mayCorrect && (correction?.status === 'preparing' || correction?.status === 'submitted'),
      sign: correction?.status === 'submitted' && against === null,
      takeBack: correction?.status === 'approved' && !whyNot(permitted(actor), 'withdraw', 'Release', row),
    },
    whyNot: correction?.status === 'submitted' ? sentenceOf(against) : null,
    waitsFor: correction?.status === 'submitted' && next ? dutyName(next) : null,
    statement: statementOf('approve', 'approver'),
  }
}

const shownRelease = ({ id, title, version, slug, cycleId, status }: ReleasePage) => ({
  id,
  title,
  version,
  slug,
  cycleId,
  status,
})

const shownCorrection = ({ status, releaseHash, version, signatures, round }: Correction) => ({
  ...{ status, releaseHash, version, round },
  signatures: signatures.map(({ personId: _, ...signature }) => signature),
})

function valuesOf(answers: Answers): Record<string, string> {
  return Object.fromEntries(WORDS.map((field) => [field, answerText(answers, 'conjunto', field)]))
}

/** Tables of the published release: whether the correction keeps them, and under which title. */
function tablesOf(published: Answers, corrected: Answers) {
  const kept = rowsOf(corrected, 'archivos', 'lista')
  return rowsOf(published, 'archivos', 'lista').map((row) => {
    const figure = textOf(row.figura)
    const mine = kept.find((one) => textOf(one.figura) === figure)
    return { figure, isKept: mine !== undefined, title: textOf(mine?.titulo ?? row.titulo) }
  })
}

/** The answers of the correction out of what was typed, or what is wrong with it, beside each field. */
export function readCorrection(
  base: Answers,
  typed: Typed,
): { answers: Answers; reason: string } | { errors: FieldError[] } {
  const text = (name: string) => (typed[name] ?? '').replaceAll('\r\n', '\n').trim()
  const errors: FieldError[] = []
  const require = (name: string, holds: boolean) => {
    if (!holds) errors.push({ field: `correccion-${name}`, message: words.errors[name] ?? words.errors.other })
  }
  require('reason', text('reason').length >= 10)
  require('note', text('note').length >= 10)
  for (const field of WORDS) require(field, text(field) !== '' && text(field).length <= 4000)
  require('desde', isCivilDate(text('desde')))
  require('hasta', isCivilDate(text('hasta')) && text('hasta') >= text('desde'))
  require('frecuencia', FREQUENCIES.some(({ code }) => code === text('frecuencia')))
  require('licencia', LICENCES.some(({ code }) => code === text('licencia')))
  require('correo', /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text('correo')))
  const rows = rowsOf(base, 'archivos', 'lista')
    .filter((row) => typed[`tabla-${textOf(row.figura)}`] === 'si')
    .map((row) => ({ ...row, titulo: text(`titulo-${textOf(row.figura)}`) || textOf(row.titulo) }))
  require('tablas', rows.length > 0)
  for (const [name, value] of Object.entries(typed)) require(name, isStorable(value))
  if (errors.length > 0)
    return { errors: errors.filter((one, i) => errors.findIndex(({ field }) => field === one.field) === i) }
  const changed = Object.fromEntries(WORDS.map((field) => [field, text(field)]))
  return {
    reason: text('reason'),
    answers: {
      ...base,
      conjunto: { ...base.conjunto, ...changed },
      archivos: { ...base.archivos, lista: rows },
      cambios: { ...base.cambios, nota: text('note') },
    },
  }
}
