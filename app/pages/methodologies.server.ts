import { redirect } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listMethodologyChoices, listMethodologyVersions, listOffered } from '../../db/methodologies.ts'
import { findMethodologyDraft, listMethodologyDrafts } from '../../db/methodology-drafts.ts'
import { readInput } from '../../domain/input-reading.ts'
import { kindsOf, type Offered, objectionToChoosing } from '../../domain/methodology-choices.ts'
import { ChoiceInput } from '../../domain/methodology-inputs.ts'
import { methodologyRow } from '../../domain/permission-rows.ts'
import type { Action } from '../../domain/permission-subjects.ts'
import { whyNot } from '../../domain/permissions.ts'
import {
  EVIDENCE_STATES,
  isSameMethodology,
  type Methodology,
  type MethodologyKey,
  methodologyKeyOf,
  methodologyKeyText,
} from '../../domain/risk-methodology.ts'
import { appetiteFor } from '../../domain/risk-treatment.ts'
import { zoneOf } from '../../domain/risks.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { chooseMethodology, copyMethodology } from '../commands/keep-methodologies.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { dutyName } from '../text/duties.ts'
import { formatDayOf } from '../text/format.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { sentenceOf } from '../text/refusals.ts'
import { heatMap } from './risks.server.ts'

/** Why this person does not keep methodologies, or choose them, as a sentence; null when they do. */
export function methodologyObjection(actor: Actor, action: Action<'Methodology'> = 'keep'): string | null {
  return sentenceOf(whyNot(permitted(actor), action, 'Methodology', methodologyRow(actor.entityId)), actor)
}

const addressOf = (key: MethodologyKey) => `/riesgos/metodologias/${methodologyKeyText(key)}`
const titleOf = ({ key, methodology }: Offered) => methodologyTitle(methodology, key)

/** Every methodology with its versions, the copies being edited, and which one each typology uses. */
export async function loadMethodologies(context: AppContext, actor: Actor) {
  const { entityId, personId, position } = actor
  const hand = { personId, actingFor: position.actingFor?.personId ?? null }
  return await withActor(context.db, actor, async (trx) => {
    const offered = await listOffered(trx, entityId)
    const versions = await listMethodologyVersions(trx, entityId)
    const choices = await listMethodologyChoices(trx, entityId)
    const kinds = kindsOf(choices, offered)
    const drafts = await listMethodologyDrafts(trx, entityId)
    const title = (key: MethodologyKey) => {
      const found = offered.find((one) => isSameMethodology(one.key, key))
      return found ? titleOf(found) : ''
    }
    return {
      rows: offered.map((one) => {
        const version = versions.find((own) => isSameMethodology(own, one.key))
        return {
          ...{ key: methodologyKeyText(one.key), name: titleOf(one), to: addressOf(one.key) },
          base: version ? title({ code: version.code, n: version.baseN }) : null,
          published: version ? `${version.position}, ${formatDayOf(version.publishedAt)}` : null,
          whyNot: sentenceOf(objectionToChoosing(version?.publishers ?? [], hand), actor),
          uses: kinds.filter((kind) => isSameMethodology(kind.key, one.key)).map(({ typology }) => typology.name),
        }
      }),
      kinds: kinds.map(({ key, typology }) => {
        const own = choices.find((one) => one.typology === typology.code)
        const chosen = own ?? choices.find((one) => one.typology === null && isSameMethodology(one.key, key)) ?? null
        return {
          ...{ code: typology.code, name: typology.name, methodology: title(key), isOwn: own !== undefined },
          reason: chosen?.reason ?? null,
          who: chosen && `${chosen.position}, ${formatDayOf(chosen.chosenAt)}`,
        }
      }),
      drafts: drafts.map((code) => ({ code, name: title({ code, n: 0 }) })),
      ...{ formKey: newId(), whyNot: methodologyObjection(actor, 'choose') },
    }
  })
}

export async function actOnMethodologies(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(ChoiceInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `eleccion-${fieldOf(path)}`),
      typed,
    )
  return await taken(actor, 'eleccion', typed, async () => {
    await chooseMethodology(context, actor, read.input)
    return redirect('/riesgos/metodologias?hecho=elegida')
  })
}

const fieldOf = (path: string) => (path === 'key' ? 'methodology' : path)

/** One version as it was published, and whether it can be copied. */
export async function loadMethodology(context: AppContext, actor: Actor, address: string) {
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx) => {
    const key = methodologyKeyOf(address)
    const found = key && (await listOffered(trx, entityId)).find((one) => isSameMethodology(one.key, key))
    if (!found) throw notFound(context.requestId)
    const { methodology } = found
    const version = (await listMethodologyVersions(trx, entityId, found.key.code)).find(({ n }) => n === found.key.n)
    const against = methodologyObjection(actor)
    return {
      ...{ ...shownMethodology(methodology, actor), title: titleOf(found), source: methodology.source },
      version: version && {
        ...{ n: version.n, reason: version.reason, position: version.position },
        day: formatDayOf(version.publishedAt),
      },
      code: found.key.code,
      isBeingCopied: (await findMethodologyDraft(trx, entityId, found.key.code)) !== undefined,
      whyNot: against,
    }
  })
}

export type ShownMethodology = ReturnType<typeof shownMethodology>

function shownMethodology(methodology: Methodology, actor: Actor) {
  const { residual, zones, typologies, evidence } = methodology
  const name = (zone: string) => zoneOf(methodology, zone).name
  const duty = (code: string | null) => code && dutyName(code, actor.entity.dutyNames)
  return {
    map: heatMap(methodology, []),
    probability: methodology.probability.map((one) => ({ ...leveled(one), times: one.times?.min ?? null })),
    impact: methodology.impact.map((one) => ({
      ...{ ...leveled(one), smlmv: one.economic?.min ?? null, answers: one.yes?.min ?? null },
    })),
    zones: zones.map(({ acceptedBy, ...zone }) => ({ ...zone, acceptor: duty(acceptedBy) })),
    typologies: typologies.map((one) => {
      const limit = appetiteFor(methodology, one.code)
      return { ...one, appetite: limit === null ? null : { code: limit, name: name(limit) } }
    }),
    weights: residual.kind === 'weight' ? weightLines(methodology, residual) : [],
    points: residual.kind === 'score' ? residual.criteria.flatMap(pointLines) : [],
    evidence: EVIDENCE_STATES.map((state) => ({ state, share: evidence[state] })),
  }
}

const leveled = ({
  name,
  percent,
  words: when,
}: Methodology['probability'][number] | Methodology['impact'][number]) => ({
  ...{ name, percent, when },
})

type ByWeight = Extract<Methodology['residual'], { kind: 'weight' }>
type Criterion = Extract<Methodology['residual'], { kind: 'score' }>['criteria'][number]

function weightLines({ typologies }: Methodology, { types, implementations, typologies: own }: ByWeight) {
  const ways = Object.entries(own).flatMap(([code, one]) =>
    one.implementations.map(({ name, weight }) => ({
      ...{ name, weight, axis: null, typology: typologies.find((of) => of.code === code)?.name ?? null },
    })),
  )
  return [
    ...types.map(({ name, weight, axis }) => ({ name, weight, axis, typology: null })),
    ...implementations.map(({ name, weight }) => ({ name, weight, axis: null, typology: null })),
    ...ways,
  ]
}

const pointLines = ({ question, options }: Criterion) =>
  options.map(({ name, points }) => ({ name: `${question} ${name}`, points }))

export async function actOnMethodology(context: AppContext, actor: Actor, address: string) {
  const key = methodologyKeyOf(address)
  if (!key) throw notFound(context.requestId)
  return await taken(actor, 'copiar', {}, async () => {
    const isNew = await copyMethodology(context, actor, key).catch((failure) => {
      throw failure instanceof RangeError ? notFound(context.requestId) : failure
    })
    return redirect(`/riesgos/metodologias/${key.code}/copia${isNew ? '?hecho=copiada' : ''}`)
  })
}
