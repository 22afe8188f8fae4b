/** Names of the duties where no procedure version is at hand (its own `duties` come first). */
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

export function dutyName(duty: string): string {
  return DUTIES[duty] ?? duty.replaceAll('_', ' ')
}

/** «Jefatura OGAC y Dirección TIC», from the comma-separated codes a refusal carries. */
export function dutyNames(duties: string | number | null | undefined, word: 'y' | 'o' = 'o'): string {
  const names = String(duties ?? '')
    .split(',')
    .filter(Boolean)
    .map(dutyName)
  const last = names.pop()
  return names.length > 0 ? `${names.join(', ')} ${word} ${last}` : (last ?? '')
}
