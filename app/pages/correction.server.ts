import { FREQUENCIES, LICENCES } from '../../catalog/forms/choices.ts'
import { statementOf } from '../../catalog/statements.ts'
import type { Trx } from '../../db/client.ts'
import { type Correction, findLastTakenBack, findOpenCorrection, findReleaseAnswers } from '../../db/corrections.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { findReplacement } from '../../db/held-releases.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { listReleaseFiles } from '../../db/release-files.ts'
import { findRelease, type ReleasePage } from '../../db/release-pages.ts'
import { CORRECTED_WORDS, CorrectionInput, correctedAnswers, keptTables } from '../../domain/correction-input.ts'
import { nextSigner, objectionToSigning } from '../../domain/corrections.ts'
import { type Answers, answerText, rowsOf, textOf } from '../../domain/forms.ts'
import { readInput } from '../../domain/input-reading.ts'
import { releaseRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { isHidden, isReplaceable } from '../../domain/releases.ts'
import type { Typed } from '../administration.server.ts'
import type { FieldError } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { seesDrafts } from '../release-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { dutyName } from '../text/duties.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'

/** The release, its open correction and what this person may do; undefined where it cannot be seen or corrected by anyone. */
export async function correctionPage(trx: Trx, actor: Actor, releaseId: string) {
  const release = await findRelease(trx, actor.entityId, releaseId)
  if (!release || (isHidden(release.status) && !isReplaceable(release.status))) return undefined
  const { procedure } = await requireProcedureVersion(trx, release.procedureVersionId)
  if (!seesDrafts(actor, procedure)) return undefined
  await requireContent(trx, release.cycleId)
  const row = releaseRow(actor.entityId, procedure)
  const correction = await findOpenCorrection(trx, releaseId)
  const answers = correction?.answers ?? (await findReleaseAnswers(trx, releaseId)) ?? {}
  const isReplaced = release.status === 'held' && (await findReplacement(trx, releaseId))?.isPublic
  const mayCorrect =
    isReplaceable(release.status) && !isReplaced && !whyNot(permitted(actor), 'correct', 'Release', row)
  const actingFor = actor.position.actingFor?.personId ?? null
  const person = { personId: actor.personId, actingFor, duty: actor.position.duty }
  const against = correction ? objectionToSigning(correction, person, row.signerDuties) : null
  const called = actor.entity.dutyNames
  const next = correction && nextSigner(correction, row.signerDuties)
  const waiting = correction?.releaseId && (await findRelease(trx, actor.entityId, correction.releaseId))
  return {
    release: shownRelease(release),
    hour: waiting
      ? { releaseId: waiting.id, publishAt: waiting.publishAt, isApproved: waiting.approvedAt !== null }
      : null,
    takenBack: (await findLastTakenBack(trx, releaseId)) ?? null,
    correction: correction ? shownCorrection(correction) : null,
    files: correction?.releaseId ? await listReleaseFiles(trx, correction.releaseId) : [],
    initial: {
      reason: correction?.reason ?? '',
      note: correction || release.status === 'held' ? answerText(answers, 'cambios', 'nota') : '',
      ...valuesOf(answers),
    },
    tables: tablesOf((await findReleaseAnswers(trx, releaseId)) ?? {}, answers),
    choices: { frequencies: FREQUENCIES, licences: LICENCES },
    may: {
      prepare: mayCorrect && (!correction || correction.status === 'preparing'),
      submit: mayCorrect && correction?.status === 'preparing',
      discard: mayCorrect && (correction?.status === 'preparing' || correction?.status === 'submitted'),
      sign: correction?.status === 'submitted' && against === null,
      schedule: !whyNot(permitted(actor), 'schedule', 'Release', row),
      takeBack: correction?.status === 'approved' && !whyNot(permitted(actor), 'withdraw', 'Release', row),
    },
    whyNot: correction?.status === 'submitted' ? sentenceOf(against, actor) : null,
    waitsFor: correction?.status === 'submitted' && next ? dutyName(next, called) : null,
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
  return Object.fromEntries(CORRECTED_WORDS.map((field) => [field, answerText(answers, 'conjunto', field)]))
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

/** The correction out of what was typed, or what is wrong with it, beside each field. */
export function readCorrection(
  base: Answers,
  typed: Typed,
): { answers: Answers; reason: string } | { errors: FieldError[] } {
  const read = readInput(CorrectionInput, { ...typed, tables: keptTables(base, typed) })
  if (read.ok) return { reason: read.input.reason, answers: correctedAnswers(base, read.input) }
  return { errors: inputErrors(read.errors, (path) => `correccion-${path.startsWith('tables') ? 'tablas' : path}`) }
}
