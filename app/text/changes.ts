/** Words of the page that compares two versions of a step. */
import { formatInstant } from './format.ts'

export const changesText = {
  title: (code: string) => `Cambios del paso ${code}`,
  crumb: 'Cambios',
  link: 'Comparar versiones',
  alone: 'Este paso tiene una sola versión: todavía no hay otra con la cual compararla.',
  same: 'Elija dos versiones distintas para ver qué cambió.',
  count: (fields: number) =>
    fields === 0
      ? 'Las dos versiones dicen lo mismo.'
      : fields === 1
        ? 'Cambió una respuesta.'
        : `Cambiaron ${fields} respuestas.`,
  toStep: 'Volver al paso',
  from: 'Desde',
  to: 'Hasta',
  show: 'Comparar',
  mine: 'Cambios desde mi última revisión',
  version: (n: number, by: string, at: Date | string) => `Versión ${n}, de ${by}, ${formatInstant(at)}`,
  draft: 'Borrador de hoy',
  added: 'agregado',
  removed: 'quitado',
  before: 'Antes',
  after: 'Después',
  nothing: 'Nada.',
  kinds: { added: 'Se agregó.', removed: 'Se quitó.', changed: 'Cambió.' },
  next: 'Siguiente cambio',
  previous: 'Cambio anterior',
  legend: 'Lo quitado va tachado entre «[−» y «−]»; lo agregado, subrayado entre «[+» y «+]».',
}
