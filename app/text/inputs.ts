/** What is wrong with an input outside the step forms, beside its field: it says what to do. */
import type { Facts } from '../../domain/forms.ts'
import type { InputCode, InputError } from '../../domain/inputs.ts'

const SENTENCES: Record<InputCode, (facts: Facts) => string> = {
  stale: () => 'La página que usted tenía abierta ya no está al día. Recárguela y vuelva a intentarlo.',
  too_long: ({ max }) => `Use como máximo ${max} caracteres.`,
  bad_characters: () => 'Borre los caracteres que no se pueden guardar.',
  reason_missing: () => 'Escriba el motivo (al menos 10 letras).',
  public_reason_missing: () => 'Escriba el motivo (al menos 10 letras): se mostrará al público.',
  comment_missing: () => 'Escriba el comentario.',
  observation_missing: () => 'Escriba la observación.',
  observations_missing: () => 'Escriba al menos una observación para devolver el paso.',
  verdict_missing: () => 'Elija aprobar o devolver.',
  reopening_verdict_missing: () => 'Elija si reabre el paso o no.',
  procedure_missing: () => 'Elija el procedimiento.',
  vigencia_missing: () => 'Escriba la vigencia, por ejemplo 2026.',
  vigencia_early: ({ min }) => `Escriba una vigencia desde ${min}.`,
  vigencia_late: ({ max }) => `Escriba una vigencia hasta ${max}.`,
  name_missing: () => 'Escriba el nombre del ejercicio (al menos 5 letras).',
  radicado_missing: () => 'Escriba el número de radicado, por ejemplo 202441730100001504.',
  trd_missing: () => 'Escriba la serie documental (TRD), por ejemplo 4173.010.22.2.',
  view_name_missing: () => 'Escriba un nombre para la vista, por ejemplo «Vencidas del paso 3».',
  view_name_taken: () => 'Usted ya tiene una vista con este nombre. Escriba otro.',
  duty_missing: () => 'Elija un cargo de la lista.',
  publish_date_missing: () => 'Escriba el día en que será pública: día, mes y año.',
  publish_time_missing: () => 'Escriba la hora en que será pública, por ejemplo 08:00.',
  publish_past: () => 'Escriba un día y una hora que todavía no hayan pasado.',
  action_status_missing: () => 'Elija en qué estado está la acción.',
  progress_missing: () => 'Escriba qué se ha hecho, o por qué no se ha hecho (al menos 10 letras).',
  result_missing: () => 'Escriba el resultado del indicador (al menos 3 letras), por ejemplo: 11 de 12 jornadas.',
  check_verdict_missing: () => 'Elija si la acción fue eficaz.',
  check_grounds_missing: () => 'Escriba en qué se basa (al menos 10 letras).',
  changes_missing: () => 'Elija si algo va a cambiar o no.',
  nothing_reason_missing: () => 'Escriba por qué no va a cambiar nada (al menos 10 letras).',
  commitment_missing: () => 'Escriba qué va a cambiar (al menos 10 letras).',
  commitment_owner_missing: () => 'Elija el cargo que responde por el compromiso.',
  commitment_due_missing: () => 'Escriba la fecha límite: día, mes y año.',
  commitment_due_past: () => 'Escriba una fecha posterior a hoy.',
  finding_source_missing: () => 'Escriba de qué documento sale el hallazgo (al menos 5 letras).',
  finding_date_missing: () => 'Escriba la fecha del documento: día, mes y año.',
  finding_date_ahead: () => 'Escriba una fecha que no sea posterior a hoy.',
  criterion_missing: () => 'Escriba el criterio: la norma o el documento que se debía cumplir (al menos 10 letras).',
  condition_missing: () => 'Escriba la condición: lo que se encontró (al menos 10 letras).',
  cause_missing: () => 'Escriba la causa: por qué pasó (al menos 10 letras).',
  effect_missing: () => 'Escriba el efecto: qué consecuencia tiene o puede tener (al menos 10 letras).',
  finding_action_missing: () => 'Escriba qué se debe hacer (al menos 10 letras).',
  finding_owner_missing: () => 'Elija el cargo que responde por la acción.',
  indicator_missing: () => 'Escriba cómo se sabrá que se cumplió (al menos 5 letras).',
  column_missing: () => 'Elija la columna que necesita ver.',
  purpose_missing: () => 'Elija la finalidad de la consulta.',
  reveal_reason_missing: () => 'Escriba el motivo, de 10 a 500 letras.',
  note_missing: () => 'Escriba la nota pública (al menos 10 letras).',
  description_missing: () => 'Escriba la descripción.',
  period_from_missing: () => 'Escriba la fecha en que empieza el periodo.',
  period_to_missing: () => 'Escriba una fecha de fin igual o posterior a la de inicio.',
  frequency_missing: () => 'Elija la frecuencia.',
  licence_missing: () => 'Elija la licencia.',
  contact_area_missing: () => 'Escriba el área de contacto.',
  contact_mail_missing: () => 'Escriba un correo completo, por ejemplo datos@entidad.gov.co.',
  keywords_missing: () => 'Escriba al menos una palabra clave.',
  tables_missing: () => 'Deje al menos una tabla.',
}

export function inputSentence({ code, facts }: Pick<InputError, 'code' | 'facts'>): string {
  return SENTENCES[code](facts)
}

/** Faults of an input as the errors a form shows; `fieldOf` gives the input on the page a path belongs to. */
export function inputErrors(
  errors: readonly InputError[],
  fieldOf: (path: string) => string,
): { field: string; message: string }[] {
  return errors.map((error) => ({ field: fieldOf(error.path), message: inputSentence(error) }))
}
