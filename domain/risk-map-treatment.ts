/** What a risk map says is done about each risk, as the forms of the product would record it (domain facts §2.7; decision 0055). */
import { MAP_TREATMENTS } from '../catalog/risk-map-words.ts'
import type { SampleRow } from './file-readings.ts'
import { plainWords } from './folded.ts'
import { AcceptanceInput, TreatmentInput } from './risk-inputs.ts'
import type { LineReader } from './risk-map-line.ts'
import type { Methodology } from './risk-methodology.ts'
import {
  type AcceptableRisk,
  acceptableUntil,
  type DecidedTreatment,
  needsPlan,
  objectionsToAcceptance,
  TREATMENTS,
  type Treatment,
} from './risk-treatment.ts'
import { zoneOf } from './risks.ts'

export interface PlannedTreatment {
  /** Decided by whoever accepts the map; null where nothing is. */
  decided: TreatmentInput | null
  /** Accepting is asked for: whoever the policy names signs it. */
  asked: AcceptanceInput | null
}

/** A risk once it is registered, when nobody has shown anything of its controls, and once everything is shown. */
interface Standing {
  methodology: Methodology
  registered: AcceptableRisk
  shown: AcceptableRisk
}

const NONE: PlannedTreatment = { decided: null, asked: null }
const NAMES = TREATMENTS.map((option) => MAP_TREATMENTS[option][0])

/** A risk that is reduced says how by its plan where nothing else says it. */
export function treatmentOn(reader: LineReader, row: SampleRow, standing: Standing): PlannedTreatment {
  const text = reader.cell(row, 'treatment')
  if (text === '') return NONE
  const options = optionsIn(text)
  if (!options) {
    reader.fault(row, 'treatment', { kind: 'choice', among: NAMES })
    return NONE
  }
  const option = options.find((one): one is DecidedTreatment => one !== 'accept')
  return {
    decided: option ? decidedOn(reader, row, option) : null,
    asked: options.includes('accept') ? askedOn(reader, row, standing) : null,
  }
}

/** One that is decided, and perhaps that accepting it is asked for besides: `Evitar; Aceptar (pedida)`. */
function optionsIn(text: string): Treatment[] | undefined {
  const whole = optionNamed(text)
  const options = whole ? [whole] : text.split(';').map(optionNamed)
  const known = options.filter((one) => one !== undefined)
  const isOne = known.filter((one) => one !== 'accept').length <= 1
  return known.length === options.length && isOne ? known : undefined
}

function optionNamed(text: string): Treatment | undefined {
  return TREATMENTS.find((option) => MAP_TREATMENTS[option].some((name) => plainWords(name) === plainWords(text)))
}

function decidedOn(reader: LineReader, row: SampleRow, option: DecidedTreatment): TreatmentInput | null {
  const statement = reader.cell(row, 'statement') || (needsPlan(option) ? reader.cell(row, 'plan') : '')
  const typed = { formKey: reader.facts.idOf('treatment', row.line), option, statement }
  return reader.read(row, TreatmentInput, typed, {}) ?? null
}

/**
 * What nobody may ever accept is a fault, however much its controls should show: its typology, or the zone that they leave by
 * their design. What may be accepted once they show it is told, and stays to be decided.
 */
function askedOn(
  reader: LineReader,
  row: SampleRow,
  { methodology, registered, shown }: Standing,
): AcceptanceInput | null {
  const { today, idOf } = reader.facts
  const until = acceptableUntil(methodology, registered.zone, today)
  if (objectionsToAcceptance(methodology, registered, { until, today }).length === 0) {
    const typed = { formKey: idOf('acceptance', row.line), reason: reader.cell(row, 'statement'), until }
    return reader.read(row, AcceptanceInput, typed, { reason: 'statement' }) ?? null
  }
  const last = acceptableUntil(methodology, shown.zone, today)
  const [never] = objectionsToAcceptance(methodology, shown, { until: last, today })
  if (never) reader.fault(row, 'treatment', { kind: 'not_accepted', objection: never })
  else reader.note(row, 'treatment', { kind: 'acceptance_waits', zone: zoneOf(methodology, registered.zone).name })
  return null
}
