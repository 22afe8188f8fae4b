import { redirect } from '@remix-run/node'
import { listPapers } from '../../db/audit-papers.ts'
import { findSample } from '../../db/audit-samples.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listStandingPositions } from '../../db/findings.ts'
import { newId } from '../../db/ids.ts'
import { listRisks } from '../../db/risk-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { objectionToRaising } from '../../domain/audit-samples.ts'
import { originsFor } from '../../domain/findings.ts'
import { findingInput } from '../../domain/improvement-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'
import { findingRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { recordFinding } from '../commands/record-finding.server.ts'
import type { SamplePlace } from '../commands/write-paper.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { paperText } from '../text/audit-samples.ts'
import { findingOriginText } from '../text/findings.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'
import { samplePlaceIn, samplingObjection } from './audit-samples.server.ts'

/** Why this person writes no findings, as a sentence; null when they do. */
export function findingObjection(actor: Actor): string | null {
  return sentenceOf(whyNot(permitted(actor), 'record', 'Finding', findingRow(actor.entityId)), actor)
}

/** What the form begins with where a working paper led to it. */
async function beginningsOf(trx: Trx, actor: Actor, place: SamplePlace | null) {
  if (!place || samplingObjection(actor) !== null) return null
  const sample = await findSample(trx, actor.entityId, place.code)
  const [paper] = sample ? await listPapers(trx, sample.id, place.ordinal) : []
  if (!paper || objectionToRaising(paper)) return null
  const source = paperText.source(place.code, place.ordinal)
  return { place, fields: { origin: 'audit', source, condition: paper.conclusion } }
}

/** How many risks the form offers by their code; another one is typed. */
const MOST_RISKS = 500

/** `riesgo` in the address: the risk it is about; `muestra` and `elemento`: the working paper that led here. */
export async function loadNewFinding(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const owners = await listStandingPositions(trx, actor.entityId)
    const risk = await findRisk(trx, actor.entityId, textIn(search, 'riesgo') ?? '')
    const { rows: risks } = await listRisks(trx, actor.entityId, { limit: MOST_RISKS })
    const paper = samplePlaceIn(textIn(search, 'muestra'), textIn(search, 'elemento'))
    return {
      paper: await beginningsOf(trx, actor, paper),
      owners: owners.map(({ id, name, agency }) => ({ id, name, agency })),
      whyNot: findingObjection(actor),
      origins: originsFor(actor.position.duty).map((code) => ({ code, name: findingOriginText[code] })),
      findingId: newId(),
      risk: risk ? { code: risk.code, description: risk.assessment.answers.description } : null,
      risks: risks.map(({ code, description }) => ({ code, description })),
    }
  })
}

/** Wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnNewFinding(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(findingInput(appToday(), actor.position.duty), typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `hallazgo-${path}`),
      typed,
    )
  const work = async () => {
    const paper = samplePlaceIn(typed.muestra, typed.elemento)
    const code = await recordFinding(context, actor, read.input, paper)
    return redirect(`/mejora/hallazgos/${code}?hecho=hallazgo`)
  }
  return await taken(actor, 'hallazgo', typed, work, { finding_risk_unknown: 'risk' })
}
