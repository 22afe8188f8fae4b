/**
 * Names of fields that events tell of, as the product gives them. What came out of somebody's file, of a form or a catalogue of an
 * entity is none of them: a column may be called after a person.
 */
import { CAPTURE_DEFINITIONS } from '../catalog/capture/index.ts'

const NAMES = `
  added address agency agency_id answer as_of attempt authority body_hash by bytes campaign catches_up cause
  central_years check checker_duty closing_note code code_property colour column commitments conclusion consent
  contact_email contents control controls corrected_by cover database_name day demo_note display_name disposal
  disposition divipola document due_date duty duty_name effective_on email encoding ended ended_on ends_on events
  evidence file files footer for form form_version format found from from_date header header_name heads_agency host
  impact in_force_from indicator is_default item items kind legal_basis level list looked_at margins method
  methodology minimum_cell minutes mode moment month name name_property narrowed network nit numbered occurred_on
  office_years on_silence option origin outcome owner_agency_id owner_position page paper parent_id password period
  period_from period_to periodicity person_id person_key points population port position_id priority probability
  procedure_code proof publish_at purpose purposes quality readabilityTarget reads reason recipients record removed
  renamed repeated result resumes_on retyped review_months rights_duties risk risks round row rows sample
  second_factor_required secret seed_hash segment sensitivity series sha256 shared_with shield shield_hash shieldHash
  short_name singles slogan snapshot_hash status step subject substitute_all substitute_decisions
  substitute_elaboration table target template text_version textSize ticket ticket_on tint tls to_date typeface
  typology until unusual user_name valid_until value verdict version vigencia week what withdrawn_reason working_days
  yearly zone
`

const ANSWERS = CAPTURE_DEFINITIONS.flatMap(({ groups }) =>
  groups.flatMap(({ fields }) => fields.map(({ code }) => code)),
)

const OWN = new Set([...NAMES.trim().split(/\s+/), ...ANSWERS])

/** Whether the product gave the field its name. */
export function isOwnField(name: string): boolean {
  return OWN.has(name)
}
