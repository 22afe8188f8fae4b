import { data, redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findSummary } from '../../db/summaries.ts'
import { type Commitment, MAX_COMMITMENTS, summaryAnswerInput } from '../../domain/dissemination.ts'
import { readInput } from '../../domain/input-reading.ts'
import { notFound } from '../answer.server.ts'
import { answerSummary, confirmReading } from '../commands/answer-summary.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'

/** A commitment as it was typed. */
export type TypedCommitment = Record<keyof Commitment, string>

export interface TypedAnswer {
  changes: string
  reason: string
  commitments: TypedCommitment[]
}

const EMPTY: TypedCommitment = { what: '', positionId: '', dueDate: '', indicator: '' }

/** What the forms of a summary ask: to confirm the reading, one commitment more to fill in, or to answer. */
export async function actOnSummary(
  context: AppContext,
  actor: Actor,
  key: { cycleId: string; agencyId: string },
  form: FormData,
) {
  const summary = await withActor(context.db, actor, (trx) => findSummary(trx, key))
  if (!summary) throw notFound(context.requestId)
  const page = `/resultados/${key.cycleId}/${key.agencyId}`
  try {
    if (form.get('intent') === 'leido') {
      await confirmReading(context, actor, { summaryId: summary.id, contentHash: String(form.get('contenido') ?? '') })
      return redirect(`${page}?hecho=leido#respuesta`)
    }
    if (form.get('intent') === 'otro') return more(typedIn(form))
    const typed = withoutEmpty(typedIn(form))
    const read = readInput(summaryAnswerInput(typed.changes, appToday()), { summaryId: summary.id, ...typed })
    if (!read.ok) {
      const errors = inputErrors(read.errors, (path) => `respuesta-${path.replaceAll('.', '-')}`)
      return data({ errors, typed, refusal: null }, { status: 422 })
    }
    await answerSummary(context, actor, read.input)
    return redirect(`${page}?hecho=respondido#respuesta`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [], typed: typedIn(form), refusal: sentence }, { status })
  }
}

/** Nothing typed is lost by asking for another commitment, with or without JavaScript. */
function more(typed: TypedAnswer) {
  const commitments = [...typed.commitments, EMPTY].slice(0, MAX_COMMITMENTS)
  return data({ errors: [], typed: { ...typed, commitments }, refusal: null })
}

function typedIn(form: FormData): TypedAnswer {
  const all = (name: string) => form.getAll(name).map(String)
  const [positions, days, indicators] = [all('cargo'), all('fecha'), all('indicador')]
  return {
    changes: String(form.get('cambia') ?? ''),
    reason: String(form.get('motivo') ?? ''),
    commitments: all('compromiso')
      .slice(0, MAX_COMMITMENTS)
      .map((what, i) => ({
        ...{ what, positionId: positions[i] ?? '', dueDate: days[i] ?? '', indicator: indicators[i] ?? '' },
      })),
  }
}

/** Commitments left empty beside a filled one are none; one at least stays to be filled in. */
function withoutEmpty(typed: TypedAnswer): TypedAnswer {
  const filled = typed.commitments.filter((one) => Object.values(one).some((value) => value.trim() !== ''))
  return { ...typed, commitments: filled.length > 0 ? filled : [EMPTY] }
}
