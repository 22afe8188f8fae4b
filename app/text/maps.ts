import {
  MAX_DIVISIONS,
  MAX_MAP_BYTES,
  MAX_POINTS,
  MAX_RING_POINTS,
  type MapFault,
  type MapFaultCode,
} from '../../domain/geojson.ts'
import { formatNumber } from './format.ts'

const BANDS: string[][] = [
  ['único valor'],
  ['bajo', 'alto'],
  ['bajo', 'medio', 'alto'],
  ['bajo', 'medio bajo', 'medio alto', 'alto'],
  ['muy bajo', 'bajo', 'medio', 'alto', 'muy alto'],
]

/** Words printed on maps. */
export const mapWords = {
  /** The word of each class, from the least to the most. */
  bands: (classes: number): string[] => BANDS[classes - 1] ?? [],
  upTo: (most: string) => `hasta ${most}`,
  over: (least: string) => `más de ${least}`,
  between: (least: string, most: string) => `${least} a ${most}`,
  nothingHere: 'sin registros',
  listed: (name: string, said: string[]) => (said.length > 0 ? `${name}: ${said.join(' · ')}` : name),
  moreColumns: (n: number) =>
    n === 1 ? 'La otra columna está en la tabla.' : `Las otras ${n} columnas están en la tabla.`,
  source: (title: string) => `Mapa: ${title}.`,
  left: (values: string[]) => `Sin lugar en el mapa: ${values.join(', ')}. Sus cifras están en la tabla.`,
}

/** Words of the pages of maps. */
export const mapsText = {
  title: 'Mapas de divisiones',
  summary: 'Comunas, corregimientos o localidades sobre las que se dibujan las figuras.',
  state:
    'Las comunas, corregimientos o localidades de la entidad, para dibujar sobre ellas las cifras de una variable. Los mapas sirven a todos los ejercicios.',
  none: 'Todavía no hay mapas',
  noneWhy:
    'Pida a la oficina de planeación o al catastro un archivo GeoJSON con las divisiones del municipio. Con él las figuras de una variable territorial pueden dibujarse como mapa.',
  upload: 'Subir un mapa',
  file: 'Archivo GeoJSON',
  fileHelp: `Coordenadas en grados (WGS 84), una división por elemento. ${formatNumber(MAX_MAP_BYTES / 1_000_000)} MB, ${formatNumber(MAX_DIVISIONS)} divisiones y ${formatNumber(MAX_POINTS)} puntos como máximo.`,
  send: 'Subir y revisar',
  cannot: 'No puede subir mapas.',
  kept: 'Mapas guardados',
  withdrawn: 'Retirado',
  withdrawnOn: (by: string, at: string) =>
    `${by} lo retiró el ${at}. No se ofrece en figuras nuevas; las que ya se dibujaron con él lo conservan. Motivo:`,
  withdrawal: {
    title: 'Retirar este mapa',
    intro:
      'Si el mapa tiene un error, deje de ofrecerlo. Las figuras que ya se dibujaron con él lo conservan, y su página sigue aquí con el motivo. No se puede deshacer: para volver a usarlo se guarda de nuevo.',
    reason: 'Motivo',
    submit: 'Retirar el mapa',
  },
  columns: { name: 'Mapa', version: 'Versión', divisions: 'Divisiones', keptBy: 'Lo guardó', hash: 'Huella' },
  waiting: 'Archivos recibidos sin guardar',
  waitingWhy: 'Elija qué propiedad es el código y cuál el nombre, y guarde el mapa.',
  received: (by: string, at: string) => `Recibido por ${by} el ${at}.`,
  choose: 'Revisar el mapa',
  chooseState: (divisions: number, bytes: string) => `${formatNumber(divisions)} divisiones, ${bytes}.`,
  properties: 'Propiedades del archivo',
  propertyColumns: { name: 'Propiedad', filled: 'Con valor', distinct: 'Valores distintos', samples: 'Ejemplos' },
  code: 'Propiedad que es el código',
  codeHelp: 'Distinto en cada división y con valor en todas.',
  name: 'Propiedad que es el nombre',
  nameHelp: 'Como la gente llama a la división.',
  preview: 'Ver así',
  previewTitle: 'Vista previa',
  drawing: (name: string, divisions: number) => `Dibujo de «${name}» con ${formatNumber(divisions)} divisiones.`,
  list: 'Divisiones',
  listed: (shown: number, total: number) =>
    shown < total
      ? `Ver las primeras ${formatNumber(shown)} de ${formatNumber(total)} divisiones`
      : 'Ver las divisiones como tabla',
  listColumns: { code: 'Código', name: 'Nombre' },
  mapName: 'Nombre del mapa',
  mapNameHelp:
    'Con el nombre de un mapa que ya existe se guarda su versión siguiente; las figuras viejas siguen con la suya.',
  mapNameMissing: 'Escriba el nombre del mapa, de 3 a 80 letras.',
  keep: 'Guardar el mapa',
  done: {
    kept: 'El mapa quedó guardado. Ya puede elegirse en el análisis y en las figuras del paso 4.',
    retirado: 'El mapa quedó retirado: ya no se ofrece en figuras nuevas.',
    same: 'Ese mapa ya estaba guardado con ese nombre: no se agregó nada.',
  },
  mapState: (version: number, divisions: number) => `Versión ${version}, con ${formatNumber(divisions)} divisiones.`,
  keptOn: (by: string, at: string) => `${by}, el ${at}`,
  notAsked: 'Con estas propiedades el mapa no se puede guardar.',
  madeFrom: 'Archivo',
  codeFrom: 'El código sale de',
  nameFrom: 'El nombre sale de',
  keptBy: 'Guardado por',
  hash: 'Huella del mapa (SHA-256)',
  link: 'Mapas de divisiones',
  unread: {
    missing: 'Elija un archivo GeoJSON.',
    empty: 'El archivo está vacío. Elija otro.',
    broken: 'El archivo llegó incompleto. Súbalo de nuevo.',
    tooBig: `El archivo pesa más de ${formatNumber(MAX_MAP_BYTES / 1_000_000)} MB. Simplifique las líneas y súbalo de nuevo.`,
  },
  fault: ({ code, feature = 0, value = '' }: MapFault): string => FAULTS[code](feature, value),
}

const SIMPLIFY = 'Simplifique las líneas en su sistema de información geográfica.'

const FAULTS: Record<MapFaultCode, (division: number, value: string) => string> = {
  no_json: () => 'El archivo no es JSON completo. Expórtelo de nuevo como GeoJSON.',
  no_collection: () =>
    'El archivo es JSON, pero no una colección de divisiones («FeatureCollection»). Expórtelo como GeoJSON.',
  no_divisions: () => 'La colección está vacía: no trae ninguna división.',
  too_many_divisions: (_, found) =>
    `Trae ${formatNumber(Number(found))} divisiones y el máximo es ${formatNumber(MAX_DIVISIONS)}. Use comunas, corregimientos o localidades, no predios.`,
  other_crs: (_, system) =>
    `El archivo declara el sistema de coordenadas «${system}». Expórtelo en WGS 84 (EPSG:4326).`,
  no_polygon: (n) => `División ${n}: no es un polígono con coordenadas. Cada división es «Polygon» o «MultiPolygon».`,
  too_many_points: () => `El archivo tiene más de ${formatNumber(MAX_POINTS)} puntos. ${SIMPLIFY}`,
  long_ring: (n) => `División ${n}: un contorno tiene más de ${formatNumber(MAX_RING_POINTS)} puntos. ${SIMPLIFY}`,
  not_degrees: (n) =>
    `División ${n}: las coordenadas no son grados; parecen metros de un sistema plano. Expórtelo en WGS 84 (EPSG:4326).`,
  turned_around: (n) => `División ${n}: la latitud está antes de la longitud. En GeoJSON va primero la longitud.`,
  outside_colombia: (n) => `División ${n}: está fuera de Colombia. Revise las coordenadas.`,
  open_ring: (n) => `División ${n}: un contorno no termina en el punto donde empieza.`,
  flat_ring: (n) => `División ${n}: un contorno no encierra ningún terreno.`,
  crossed_ring: (n) => `División ${n}: un contorno se cruza consigo mismo. Corrija su geometría.`,
  hole_outside: (n) => `División ${n}: un hueco queda por fuera de su contorno.`,
  no_properties: () => 'Las divisiones no traen propiedades: falta una con el código y otra con el nombre.',
  code_missing: (n) => `División ${n}: no tiene código en la propiedad elegida, o pasa de 60 letras.`,
  code_repeated: (n, code) => `División ${n}: el código «${code}» ya es de otra división.`,
  name_missing: (n) => `División ${n}: no tiene nombre en la propiedad elegida.`,
}
