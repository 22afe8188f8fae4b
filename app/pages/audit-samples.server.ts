import { redirect } from '@remix-run/node'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import type { TimelineEntry } from '../../db/timeline.ts'
import { objectionToRaising, PaperInput, sampleInput } from '../../domain/audit-samples.ts'
import { inFieldOrder, readInput } from '../../domain/input-reading.ts'
import { whyNot } from '../../domain/permissions.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { requireAuditor } from '../commands/consult-trail.server.ts'
import { drawSample } from '../commands/draw-sample.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { consultSamples, readSample, readSampleItem, redrawSample } from '../commands/read-samples.server.ts'
import { type SamplePlace, writePaper } from '../commands/write-paper.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { eventSentence } from '../text/events.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'

/** Why this person draws no samples and writes no papers, as a sentence; null when they do. */
export function samplingObjection(actor: Actor): string | null {
  return sentenceOf(whyNot(permitted(actor), 'sample', 'Entity', { entityId: actor.entityId }), actor)
}

export async function loadSamples(context: AppContext, actor: Actor, search: URLSearchParams) {
  return { ...(await consultSamples(context, actor, search)), maySample: samplingObjection(actor) === null }
}

/** A seed is proposed: one nobody chose. */
export function loadNewSample(actor: Actor) {
  requireAuditor(actor)
  const today = appToday()
  const seed = newId().slice(-12)
  return { whyNot: samplingObjection(actor), sampleId: newId(), seed, from: `${today.slice(0, 4)}-01-01`, to: today }
}

/** Which field of the form answers for a refusal of the whole. */
const BESIDE = { population_empty: 'from', population_long: 'to', sample_beyond: 'wanted' }
const SAMPLE_FIELDS = ['population', 'part', 'from', 'to', 'method', 'wanted', 'seed']

/** Wrong input is 422 beside its field, a refusal its sentence, and everything typed comes back. */
export async function actOnNewSample(context: AppContext, actor: Actor, form: FormData) {
  requireAuditor(actor)
  const typed = typedOf(form)
  const read = readInput(sampleInput(appToday()), typed)
  if (!read.ok)
    return invalid(
      inputErrors(inFieldOrder(read.errors, SAMPLE_FIELDS), (path) => `muestra-${path}`),
      typed,
    )
  const work = async () => redirect(`/auditoria/muestras/${await drawSample(context, actor, read.input)}`)
  return await taken(actor, 'muestra', typed, work, BESIDE)
}

/** `repetir` in the address: it is drawn again from the record as it is now. */
export async function loadSample(context: AppContext, actor: Actor, code: string, search: URLSearchParams) {
  const { sample, items, next } = await readSample(context, actor, code, search)
  const repeated = search.has('repetir') ? await redrawSample(context, actor, code) : null
  return {
    sample,
    next,
    items: items.map(({ event, ...line }) => ({ ...line, ...lineOf(event) })),
    repeated: repeated && (repeated.isSameSelection ? 'same' : repeated.isSamePopulation ? 'selection' : 'population'),
  } as const
}

/** What pages say of the event an item is. */
const lineOf = (event: TimelineEntry) => ({ at: event.at, sentence: eventSentence(event), cycleName: event.cycleName })

/** An item, as its address says it; anything else is a page that is not there. */
export function samplePlace(context: AppContext, { muestra, elemento }: Partial<Record<string, string>>): SamplePlace {
  const place = samplePlaceIn(muestra, elemento)
  if (!place) throw notFound(context.requestId)
  return place
}

/** The item of a sample that an address or a form names; null where they name none. */
export function samplePlaceIn(code = '', ordinal = ''): SamplePlace | null {
  return code !== '' && /^[1-9]\d{0,3}$/.test(ordinal) ? { code, ordinal: Number(ordinal) } : null
}

export async function loadSampleItem(context: AppContext, actor: Actor, place: SamplePlace) {
  const { sample, item, papers } = await readSampleItem(context, actor, place)
  const { event, ...line } = item
  const whyNot = samplingObjection(actor)
  const [last] = papers
  return {
    ...{ sample, papers, whyNot, paperId: newId() },
    mayRaise: whyNot === null && last !== undefined && objectionToRaising(last) === null,
    item: { ...line, ...lineOf(event) },
  }
}

const PAPER_FIELDS = ['test', 'result', 'evidence', 'conclusion']

export async function actOnPaper(context: AppContext, actor: Actor, place: SamplePlace, form: FormData) {
  requireAuditor(actor)
  const typed = typedOf(form)
  const read = readInput(PaperInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(inFieldOrder(read.errors, PAPER_FIELDS), (path) => `papel-${path}`),
      typed,
    )
  return await taken(actor, 'papel', typed, async () => {
    await writePaper(context, actor, place, read.input)
    return redirect(`/auditoria/muestras/${place.code}/${place.ordinal}?hecho=papel`)
  })
}
