/** What an entity calls each duty: the name of the one position that has it (`listDutyNames`). */
export type DutyNames = Record<string, string>

/** Names of the duties that no one position of the entity has, and of those of nobody's entity. */
const DUTIES: Record<string, string> = {
  profesional_ogac: 'Profesional OGAC',
  profesional_sig: 'Profesional SIG',
  profesional_tic: 'Profesional TIC',
  profesional_comunicaciones: 'Profesional de Comunicaciones',
  jefatura_ogac: 'Jefatura OGAC',
  direccion_tic: 'Dirección TIC',
  jefatura_comunicaciones: 'Jefatura de Comunicaciones',
  secretaria_general: 'Secretaría General',
  alcaldia: 'Alcaldía',
  control_interno: 'Control Interno',
  administracion: 'Administración del sistema',
  dependencia: 'la dependencia',
  atencion: 'Atención en un punto',
}

export function dutyName(duty: string, names: DutyNames): string {
  return names[duty] ?? DUTIES[duty] ?? duty.replaceAll('_', ' ')
}

/** «Jefatura OGAC o Dirección TIC», from the comma-separated codes a refusal carries. */
export function dutyNames(duties: string | number | null, names: DutyNames): string {
  const called = String(duties ?? '')
    .split(',')
    .filter(Boolean)
    .map((duty) => dutyName(duty, names))
  const last = called.pop()
  return called.length > 0 ? `${called.join(', ')} o ${last}` : (last ?? '')
}
