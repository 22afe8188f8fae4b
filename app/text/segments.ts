import type { Difference } from '../../domain/segment-comparison.ts'
import { formatInstant, formatNumber, formatShare } from './format.ts'

/** Words of the page of segments. */
export const segmentsText = {
  title: 'Segmentos',
  state: (segments: number, source: string) =>
    segments === 1
      ? `1 segmento en el paso 4, contado en «${source}».`
      : `${formatNumber(segments)} segmentos en el paso 4, contados en «${source}».`,
  toAnalysis: 'Ir al análisis',
  none: 'El paso 4 todavía no tiene segmentos',
  noneWhy:
    'Defina uno abajo con una regla, o pida sugerencias: el sistema busca los grupos que más se diferencian del conjunto.',
  unnamed: 'Sin nombre',
  size: (part: number, whole: number) =>
    `${formatNumber(part)} registros${whole === 0 ? '' : `, ${formatShare(part / whole)} del total`}`,
  small: 'Es un grupo pequeño: su tamaño no se publica.',
  withheld: 'Une con «o» variables distintas: su tamaño no se publica, porque dejaría deducir conteos ocultos.',
  unreadable: 'La regla no se puede leer. Corríjala en el paso 4.',
  otherSource: 'Esta fuente no tiene las variables de la regla.',
  needs: 'Necesidades',
  noNeeds: 'Sin escribir en el paso 4.',
  channels: 'Canales preferidos',
  channelsSeen: 'Canales en los registros',
  noChannels: 'Sin marcar en el paso 4, y la fuente no tiene una variable de canal.',
  uses: 'Dónde se usa',
  noUses: 'Ninguna figura ni recomendación lo nombra todavía.',
  usedInFigure: (title: string) => `Figura «${title}».`,
  usedInRecommendation: (text: string) => `Recomendación: ${text}`,
  history: 'Versiones de la regla',
  versionOf: (at: Date | string, by: string, stepVersion: number | null) =>
    `${formatInstant(at)}, ${by}${stepVersion === null ? ', en el borrador' : `, versión ${stepVersion} del paso 4`}.`,
  change: 'Cambiar la regla',
  stability: 'Frente a la vigencia anterior',
  noEarlier: 'No hay una vigencia anterior con el paso 4 aprobado.',
  noEarlierSnapshot: (vigencia: number) => `El corte de la vigencia ${vigencia} ya no está.`,
  notComparable: (vigencia: number, difference: Difference) =>
    `No se compara con ${vigencia}: ${differences[difference.code](difference)}`,
  stable: (vigencia: number, before: number, now: number) => {
    const points = (now - before) * 100
    const sign = points > 0 ? '+' : points < 0 ? '−' : ''
    return `En ${vigencia} era ${formatShare(before)} del total; ahora es ${formatShare(now)} (${sign}${formatPoints(points)} puntos).`
  },
  bridged: (variable: string, note: string) => `Según la tabla de correspondencia de «${variable}»: ${note}`,
  overlap: 'Registros en común',
  overlapCaption: 'Cuántos registros pertenecen a la vez a dos segmentos',
  overlapWhy: 'En la diagonal, el tamaño de cada segmento. Los grupos pequeños no se muestran.',
  overlapLimit: (most: number) => `La tabla compara los primeros ${most} segmentos.`,
  segment: 'Segmento',
  builder: 'Definir un segmento',
  editing: (name: string) => `Cambiar la regla de «${name}»`,
  builderWhy:
    'Las condiciones unidas por «y» deben cumplirse todas; de las unidas por «o» basta una. Elija la variable y pulse «Ver tamaño» para escoger sus valores o su rango.',
  show: 'Ver tamaño',
  clear: 'Empezar de nuevo',
  source: 'Fuente',
  preview: (rule: string) => `${rule}:`,
  name: 'Nombre del segmento',
  sector: 'Sector al que pertenece',
  noSector: 'Elegir después',
  save: 'Guardar segmento',
  saveChange: 'Guardar el cambio',
  cannotSave: 'No puede guardar ahora.',
  nameMissing: 'Escriba el nombre del segmento, de 3 a 120 letras.',
  ruleMissing: 'Agregue al menos una condición: ella define el segmento.',
  saved: {
    added: 'El segmento quedó en el borrador del paso 4. Complete allí sus necesidades y canales.',
    changed: 'El cambio quedó en el borrador del paso 4 como una versión nueva de la regla.',
    same: 'Ese segmento ya está en el borrador del paso 4.',
    conflict: 'Otra persona guardó el paso 4 en este momento. Pulse de nuevo: no se perdió nada.',
    gone: 'Ese segmento ya no está en el borrador del paso 4.',
  },
  toStep: 'Ir al paso 4',
  suggestions: 'Sugerencias',
  suggestionsWhy:
    'El sistema divide los registros según las variables priorizadas para que los grupos se diferencien lo más posible en la variable que elija. El mismo corte da siempre las mismas sugerencias, y ninguna entra al paso 4 si usted no la acepta.',
  explain: 'Variable que debe diferenciar a los grupos',
  suggest: 'Sugerir segmentos',
  noSuggestions: 'Ninguna división deja grupos lo bastante grandes y distintos para esa variable.',
  suggestion: (n: number) => `Sugerencia ${n}`,
  differs: (value: string, inside: number, whole: number) =>
    `${value}: ${formatShare(inside)} aquí, ${formatShare(whole)} en el conjunto.`,
  accept: 'Aceptar',
}

const differences: Record<Difference['code'], (difference: Difference) => string> = {
  variable_absent: ({ variable }) => `esa fuente no tiene la variable «${variable}».`,
  type_changed: ({ variable }) => `la variable «${variable}» es de otro tipo.`,
  definition_changed: ({ variable }) =>
    `la variable «${variable}» cambió de definición y no hay una tabla de correspondencia aprobada.`,
  values_moved: ({ variable }) =>
    `en «${variable}», los valores de la regla se mezclan con otros según la tabla de correspondencia.`,
  values_absent: (difference) =>
    `la variable «${difference.variable}» no tenía ${'values' in difference ? difference.values.map((value) => `«${value}»`).join(', ') : ''}.`,
}

const formatPoints = (points: number) => Math.abs(points).toFixed(2).replace('.', ',')
