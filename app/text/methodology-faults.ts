import type { EditFault, Fault } from '../../domain/methodology-faults.ts'
import type { EvidenceState } from '../../domain/risk-methodology.ts'
import { formatNumber } from './format.ts'
import { methodologyDraftText as draft, methodologyText as shown } from './methodologies.ts'

const FAULTS: Record<EditFault, (fault: Fault) => string> = {
  text_missing: () => 'Escriba este texto.',
  text_long: ({ max }) => `Use como máximo ${max} caracteres.`,
  bad_characters: () => 'Borre los caracteres que no se pueden guardar.',
  percent_wrong: () => 'Escriba un número entero de 0 a 100.',
  number_wrong: ({ min = 0, max = 0 }) => `Escriba un número entero de ${formatNumber(min)} a ${formatNumber(max)}.`,
  choice_unknown: () => 'Elija una opción de la lista.',
  levels_wrong: ({ min = 0, max = 0 }) =>
    `Una escala tiene de ${formatNumber(min)} a ${formatNumber(max)} niveles. Vuelva a cargar la página y cámbiela otra vez.`,
  matrix_hole: ({ cell }) =>
    cell
      ? `Falta la zona de probabilidad ${levelWord(cell.probability)} con impacto ${levelWord(cell.impact)}: la matriz no puede quedar con huecos.`
      : 'Falta la zona de esta casilla: la matriz no puede quedar con huecos.',
  matrix_falls: () => 'Esta zona es más leve que la de una casilla con menos probabilidad o menos impacto.',
  not_ascending: () => 'El porcentaje debe ser mayor que el del nivel anterior.',
  ranges_overlap: () => 'Este nivel se cruza con el anterior: debe comenzar en un número mayor.',
  range_hole: () => 'Los niveles deben cubrir todos los números, desde 0 y sin saltos.',
  unknown_zone: () => 'Elija una zona de esta metodología.',
  unknown_field: () => 'La redacción usa entre llaves algo que no existe. Use solo los campos que se indican.',
  no_cause: () =>
    'La redacción no dice la causa: todos los riesgos quedarían redactados igual. Use {causa_inmediata} o {causa_raiz}; si es de un activo, {amenaza} o {vulnerabilidad}.',
  name_twice: () => 'Este nombre ya está en la lista. Escriba otro, que los distinga.',
  weight_none: () => 'Un control de esta clase no quitaría nada. Escriba un peso de 1 en adelante.',
  weight_over: () => 'Sumado al de la implementación pasa de 100 %: un control no puede quitar más de lo que hay.',
  weight_unknown: () => 'Este peso es de una tipología o una implementación que la metodología no tiene.',
  evidence_above_current: () => 'Sin evidencia vigente un control no puede contar más que con ella.',
  grades_not_descending: () =>
    'Las calificaciones van de mayor a menor: el puntaje y lo que cuenta bajan de una a la siguiente hasta 0, y los niveles que baja no suben.',
}

const levelWord = ({ n, name }: { n: number; name: string }) => (name === '' ? `del nivel ${n}` : `«${name}»`)

export function editFaultSentence(fault: Fault): string {
  return FAULTS[fault.code](fault)
}

const FIELDS: Record<string, string> = {
  ...{ name: 'nombre', percent: 'porcentaje', from: 'dónde comienza', words: 'cómo se explica' },
  ...{ acceptedBy: 'quién la acepta', needsEvidence: 'evidencia vigente', reviewMonths: 'meses entre dos revisiones' },
  ...{ wording: 'redacción', isAcceptable: 'si se puede aceptar', appetite: 'apetito' },
  ...{ counts: 'cuánto cuenta en el promedio', levels: 'niveles que baja' },
}

/** In which field something is wrong, where the list of all of it stands apart from the fields; undefined where its sentence says it. */
export function faultPlace({ path, of = [], cell }: Fault): string | undefined {
  const [part = '', at = '', field = ''] = path.split('.')
  const [name = draft.nameless, other = draft.nameless] = of.map((one) => one || draft.nameless)
  const fieldOf = (owner: string) => `${owner}, ${FIELDS[field] ?? field}`
  switch (part) {
    case 'name':
      return draft.name
    case 'matrix':
      return cell ? undefined : draft.cell(name, other)
    case 'probability':
    case 'impact':
      return field === '' ? shown.axes[part] : fieldOf(`${shown.axes[part]}, ${draft.level(Number(at) + 1, name)}`)
    case 'zones':
      return fieldOf(draft.zone(name))
    case 'typologies':
      return fieldOf(draft.typology(name))
    case 'types':
    case 'implementations':
      return draft.weight(name)
    case 'own':
      return `${draft.typology(name)}, ${draft.ownWeight(other)}`
    case 'criteria':
      return draft.points(name, other)
    case 'grades':
      return fieldOf(draft.grade(name))
    case 'evidence':
      return draft.share(shown.evidence[at as EvidenceState])
  }
}
