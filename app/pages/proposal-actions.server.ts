import { type AppLoadContext, data } from '@remix-run/node'
import { newId } from '../../db/ids.ts'
import { readInput } from '../../domain/input-reading.ts'
import { ProposalInput } from '../../domain/inputs.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { parseRich, storedRich } from '../../domain/rich-text.ts'
import { backToPart } from '../answer.server.ts'
import { acceptProposal, declineProposal, withdrawProposal } from '../commands/answer-proposal.server.ts'
import { proposeChange } from '../commands/propose-change.server.ts'
import { requireId } from '../params.server.ts'
import { type ShownRefusal, shownRefusal } from '../refusal.server.ts'
import type { SectionPlace } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { gapSentence } from '../text/gaps.ts'
import { inputSentence } from '../text/inputs.ts'
import { proposalsText } from '../text/proposals.ts'
import { withCurrentNumbers } from './report.server.ts'

/** Accepts, declines or takes back a proposal, as the button says; undefined where the button is another's. */
export async function actOnProposals(context: AppLoadContext, actor: Actor, place: SectionPlace, form: FormData) {
  const typed = (name: string) => String(form.get(name) ?? '')
  const intent = typed('intent')
  if (!intent.endsWith('-propuesta')) return undefined
  const here = `/ejercicios/${place.cycleId}/informe/secciones/${place.section}#propuestas`
  const one = { ...place, proposalId: requireId(typed('propuesta'), context) }
  if (intent === 'aceptar-propuesta') {
    const { value, saved } = await acceptProposal(context, actor, { ...one, base: typed('base') })
    // The editor of the page goes on with the words that were taken over.
    if (saved.saved)
      return data({ kind: 'saved' as const, saved: { base: saved.base, value, savedAt: saved.savedAt.toISOString() } })
    const sentence = 'errors' in saved ? saved.errors.map(gapSentence)[0] : undefined
    return data({ unaccepted: sentence ?? proposalsText.moved }, { status: 409 })
  }
  if (intent === 'retirar-propuesta') {
    await withdrawProposal(context, actor, one)
    return backToPart(here)
  }
  const read = readInput(ProposalInput, { reason: typed('motivo') })
  if (!read.ok) {
    const message = read.errors.map(inputSentence)[0] ?? ''
    return data({ wrong: { id: one.proposalId, message, typed: typed('motivo') } }, { status: 422 })
  }
  await declineProposal(context, actor, { ...one, reason: read.input.reason })
  return backToPart(here)
}

/** Why a proposal was not made, with everything typed. */
export interface UnmadeProposal {
  errors: Record<string, string>
  refusal: string | null
  value: string
  reason: string
  formKey: string
}

/** Makes the proposal of the form; what is wrong comes back beside its field, a refusal above the form. */
export async function sendProposal(context: AppLoadContext, actor: Actor, place: SectionPlace, form: FormData) {
  const typed = (name: string) => String(form.get(name) ?? '')
  const doc = form.has('documento') ? parseRich(typed('documento')) : parseNotation(typed('texto'))
  const read = readInput(ProposalInput, { reason: typed('motivo') })
  const value = doc ? storedRich(await withCurrentNumbers(context, actor, place.cycleId, doc, 'new')) : ''
  const formKey = typed('formKey') || newId()
  const unmade = (errors: UnmadeProposal['errors'], no?: ShownRefusal) =>
    data<UnmadeProposal>(
      { errors, refusal: no?.sentence ?? null, value, reason: typed('motivo'), formKey },
      { status: no?.status ?? 422 },
    )
  if (!doc) return unmade({ texto: gapSentence({ code: 'not_a_text', facts: { label: proposalsText.words } }) })
  if (!read.ok) return unmade({ motivo: read.errors.map(inputSentence)[0] ?? '' })
  const change = { ...place, value, reason: read.input.reason, formKey }
  const made = await proposeChange(context, actor, change).catch((failure) => shownRefusal(failure, actor))
  if ('sentence' in made) return unmade({}, made)
  if (made.made) return backToPart(`/ejercicios/${place.cycleId}/informe/secciones/${place.section}#${made.id}`)
  const [wrong] = made.errors === 'same' ? [proposalsText.same] : made.errors.map(gapSentence)
  return unmade({ texto: wrong ?? '' })
}
