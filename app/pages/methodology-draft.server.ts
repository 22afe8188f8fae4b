import { data, redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { loadMethodology } from '../../db/methodologies.ts'
import { findMethodologyDraft, type MethodologyDraft } from '../../db/methodology-drafts.ts'
import { readInput } from '../../domain/input-reading.ts'
import { acceptorsFor, fieldsOfMethodology, mayBeAcceptable } from '../../domain/methodology-edits.ts'
import { DraftRead, PublicationInput } from '../../domain/methodology-inputs.ts'
import { changeLevels, levelChangeOf } from '../../domain/methodology-levels.ts'
import { WORDING_FIELDS } from '../../domain/risk-methodology.ts'
import { type Typed, typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { discardMethodology, editMethodology, publishMethodology } from '../commands/keep-methodologies.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { dutyName } from '../text/duties.ts'
import { formatInstant } from '../text/format.ts'
import { inputErrors } from '../text/inputs.ts'
import { editFaultSentence, faultPlace } from '../text/methodology-faults.ts'
import { methodologyObjection } from './methodologies.server.ts'

/** A copy as it is edited: every field with what stands in it. */
export async function loadMethodologyDraft(context: AppContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const draft = await requireDraft(trx, context, actor, code)
    const { methodology } = draft
    const { residual } = methodology
    const shipped = await loadMethodology(trx, actor.entityId, { code, n: 0 })
    return {
      ...{ code, name: methodology.name, initial: fieldsOfMethodology(methodology) },
      read: { copy: draft.id, version: String(draft.version) },
      ...{ position: draft.position, writtenAt: formatInstant(draft.writtenAt) },
      levels: {
        probability: methodology.probability.map(({ code: of, name }) => ({ code: of, name })),
        impact: methodology.impact.map(({ code: of, name }) => ({ code: of, name })),
      },
      /** By what the levels of each scale are told apart. */
      from: {
        probability: methodology.probability[0]?.times ? ('times' as const) : null,
        impact: methodology.impact[0]?.economic
          ? ('economic' as const)
          : methodology.impact[0]?.yes && ('yes' as const),
      },
      zones: methodology.zones.map(({ code: of, name }) => ({
        ...{ code: of, name },
        acceptors: acceptorsFor(shipped, of).map((duty) => ({
          ...{ code: duty, name: dutyName(duty, actor.entity.dutyNames) },
        })),
      })),
      typologies: methodology.typologies.map(({ code: of, name }) => ({
        ...{ code: of, name, mayBeAcceptable: mayBeAcceptable(shipped, of) },
      })),
      types: residual.kind === 'weight' ? residual.types.map(({ name }) => name) : [],
      ways: residual.kind === 'weight' ? residual.implementations.map(({ name }) => name) : [],
      criteria:
        residual.kind === 'score'
          ? residual.criteria.map(({ question, options }) => ({ question, options: options.map(({ name }) => name) }))
          : [],
      grades: residual.kind === 'score' ? residual.grades.map(({ name }) => name) : [],
      fields: [...WORDING_FIELDS],
      whyNot: methodologyObjection(actor),
    }
  })
}

export type LoadedMethodologyDraft = Awaited<ReturnType<typeof loadMethodologyDraft>>

/** Saves, publishes or discards a copy, by which form of the page was sent. */
export async function actOnMethodologyDraft(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  if (typed.formulario === 'publicar') return await publishing(context, actor, code, typed)
  if (typed.formulario === 'descartar') return await discarding(context, actor, code, typed)
  const change = levelChangeOf(typed.cambio ?? '')
  // Given back as it would be, and not saved.
  if (change) return data({ errors: [], values: changeLevels(typed, change) })
  return await saving(context, actor, code, typed)
}

async function saving(context: AppContext, actor: Actor, code: string, typed: Typed) {
  const read = readInput(DraftRead, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `copia-${path}`),
      typed,
    )
  return await taken(actor, 'copia', typed, async () => {
    const faults = await editMethodology(context, actor, code, { typed, read: read.input })
    if (faults.length === 0) return redirect(`/riesgos/metodologias/${code}/copia?hecho=guardada`)
    const errors = faults.map((one) => ({
      ...{ field: `copia-${one.path}`, message: editFaultSentence(one), place: faultPlace(one) },
    }))
    return invalid(errors, typed)
  })
}

async function publishing(context: AppContext, actor: Actor, code: string, typed: Typed) {
  const read = readInput(PublicationInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `publicar-${path}`),
      typed,
    )
  const { reason, ...draft } = read.input
  return await taken(actor, 'publicar', typed, async () => {
    const n = await publishMethodology(context, actor, code, { reason, read: draft })
    return redirect(`/riesgos/metodologias/${code}.${n}?hecho=publicada`)
  })
}

async function discarding(context: AppContext, actor: Actor, code: string, typed: Typed) {
  const read = readInput(DraftRead, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `descartar-${path}`),
      typed,
    )
  return await taken(actor, 'descartar', typed, async () => {
    await discardMethodology(context, actor, code, read.input)
    return redirect('/riesgos/metodologias?hecho=descartada')
  })
}

async function requireDraft(trx: Trx, context: AppContext, actor: Actor, code: string): Promise<MethodologyDraft> {
  const draft = await findMethodologyDraft(trx, actor.entityId, code)
  if (!draft) throw notFound(context.requestId)
  return draft
}
