import { data, redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listOffered } from '../../db/methodologies.ts'
import { findRiskImport, judgeRiskImport, listImportedRisks, listRiskImports } from '../../db/risk-imports.ts'
import type { PlannedRisk } from '../../domain/risk-map-import.ts'
import { methodologyKeyText } from '../../domain/risk-methodology.ts'
import { zoneOf } from '../../domain/risks.ts'
import { invalid, notFound } from '../answer.server.ts'
import { acceptRiskMap, receiveRiskMap } from '../commands/import-risk-map.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { cellSentence, mapFaultSentence } from '../text/risk-imports.ts'
import { ownersFor } from './risk-actions.server.ts'
import { riskObjection } from './risks.server.ts'

export async function loadImports(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => ({
    ...{ whyNot: riskObjection(actor), formKey: newId(), owners: await ownersFor(trx, actor) },
    methodologies: (await listOffered(trx, actor.entityId)).map(({ key, methodology }) => ({
      ...{ code: methodologyKeyText(key), name: methodologyTitle(methodology, key) },
    })),
    sent: await listRiskImports(trx, actor.entityId, { cursor: search.get('desde') }),
  }))
}

/** Wrong input and an unreadable file are 422 beside their field; the file alone has to be chosen again. */
export async function actOnNewImport(context: AppContext, actor: Actor, request: Request) {
  try {
    const received = await receiveRiskMap(context, actor, request)
    if (received.ok) return redirect(`/riesgos/importar/${received.importId}`)
    const file = received.file ? [{ field: 'mapa-archivo', message: mapFaultSentence(received.file) }] : []
    return invalid([...file, ...inputErrors(received.errors, (path) => `mapa-${path}`)], received.typed)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [{ field: 'mapa-archivo', message: sentence }], values: {} }, { status })
  }
}

/** Lines of a page: cells to correct, or risks. */
const PAGE = 50

/** The part of a list that an address asks for by the number of its first line. */
function pageFrom<R>(rows: readonly R[], from: string | null): { rows: R[]; next: string | null } {
  const start = /^\d{1,5}$/.test(from ?? '') ? Number(from) : 0
  return { rows: rows.slice(start, start + PAGE), next: start + PAGE < rows.length ? String(start + PAGE) : null }
}

/** Every cell to correct, and what each risk becomes; once accepted, what each became. */
export async function loadImport(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const found = await findRiskImport(trx, actor.entityId, id)
    if (!found) throw notFound(context.requestId)
    const { risks, faults } = await judgeRiskImport(trx, actor.entityId, found)
    const became = found.acceptedAt ? await listImportedRisks(trx, id) : []
    const isAccepted = found.acceptedAt !== null
    const { fileName, sheet, receivedAt, position, acceptedAt, acceptedPosition } = found
    const fresh = risks.filter(({ standsAs }) => standsAs === null)
    const shownFaults = faults.map(({ cell, read, reason }) => ({ cell, read, why: cellSentence(reason) }))
    return {
      ...{ id, fileName, sheet: sheet.name, rows: sheet.rows.length, position, acceptedPosition },
      ...{ receivedAt: receivedAt.toISOString(), acceptedAt: acceptedAt?.toISOString() ?? null },
      faults: isAccepted ? { rows: [], next: null } : pageFrom(shownFaults, search.get('desde')),
      faultCount: isAccepted ? 0 : faults.length,
      risks: pageFrom(
        risks.map((risk) => shownRisk(risk, became)),
        search.get('riesgos'),
      ),
      ...{
        riskCount: risks.length,
        freshCount: fresh.length,
        becameCount: new Set(became.map(({ code }) => code)).size,
      },
      controlCount: fresh.reduce((sum, { controls }) => sum + controls.length, 0),
      whyNot: riskObjection(actor),
    }
  })
}

function shownRisk(
  { line, code, methodology, input, controls, inherent, declared, standsAs }: PlannedRisk,
  became: readonly { line: number; code: string }[],
) {
  const zone = (one: string) => ({ code: one, name: zoneOf(methodology, one).name })
  const lines = [line, ...controls.map((control) => control.line)]
  return {
    ...{ line, code, description: input.answers.description, controls: controls.length },
    ...{ inherent: zone(inherent.zone), declared: zone(declared.zone) },
    registeredAs: became.find((one) => lines.includes(one.line))?.code ?? null,
    standsAs,
  }
}

/** Registers all of it; a refusal is shown on the page of the map. */
export async function actOnImport(context: AppContext, actor: Actor, id: string) {
  try {
    await acceptRiskMap(context, actor, id)
    return redirect(`/riesgos/importar/${id}?hecho=registrado`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ refused: sentence }, { status })
  }
}
