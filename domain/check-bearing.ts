/** Which automatic controls bear on which risks (decision 0050): only those are evidence of a control of the risk. */
import { CONTROL_IDS, type ControlId } from './controls.ts'
import type { RiskAnswers } from './risks.ts'

/** By their codes in the guide: what an asset loses, or how the risk is classified where it is of no asset. */
interface Bearing {
  properties: readonly string[]
  classifications: readonly string[]
}

/** What lives in the product: nothing it finds about itself says anything of a building, a machine or a person. */
const ASSETS = ['informacion', 'software', 'servicios']

const ACCESS: Bearing = {
  properties: ['confidencialidad', 'integridad'],
  classifications: ['fraude_interno', 'fraude_externo'],
}
const DECISIONS: Bearing = { properties: ['integridad'], classifications: ['fraude_interno', 'ejecucion'] }

const BEARINGS: Record<ControlId, Bearing> = {
  access_without_delegation: ACCESS,
  access_unreviewed: ACCESS,
  ending_unproven: ACCESS,
  approved_own_draft: DECISIONS,
  approval_of_other_content: DECISIONS,
  decision_without_event: DECISIONS,
  write_without_event: DECISIONS,
  history_differs: DECISIONS,
  log_intact: DECISIONS,
  released_without_approval: {
    properties: ['confidencialidad', 'integridad'],
    classifications: ['fraude_interno', 'ejecucion', 'usuarios'],
  },
  small_cell_published: { properties: ['confidencialidad'], classifications: ['ejecucion', 'usuarios'] },
  reminder_untold: { properties: [], classifications: ['ejecucion', 'usuarios'] },
  orphaned_work: { properties: ['disponibilidad'], classifications: ['ejecucion', 'fallas_tecnologicas'] },
  backup_restorable: { properties: ['disponibilidad', 'integridad'], classifications: ['fallas_tecnologicas'] },
}

type Rated = Pick<RiskAnswers, 'classification' | 'assetKind' | 'property'>

export function bearsOn(check: ControlId, { classification, assetKind, property }: Rated): boolean {
  const { properties, classifications } = BEARINGS[check]
  if (assetKind !== '') return ASSETS.includes(assetKind) && properties.includes(property)
  return classifications.includes(classification)
}

export const checksBearingOn = (rated: Rated): ControlId[] => CONTROL_IDS.filter((check) => bearsOn(check, rated))
