/** Controlled vocabularies of the DCAT catalogue: what the portal's own words are called by harvesters (domain.md §3.7). */

const AUTHORITY = 'http://publications.europa.eu/resource/authority'

export const LICENCE_URIS: Record<string, string> = {
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
}

const FREQUENCIES: Record<string, string> = {
  diaria: 'DAILY',
  semanal: 'WEEKLY',
  quincenal: 'BIWEEKLY',
  mensual: 'MONTHLY',
  bimestral: 'BIMONTHLY',
  trimestral: 'QUARTERLY',
  cuatrimestral: 'ANNUAL_3',
  semestral: 'ANNUAL_2',
  anual: 'ANNUAL',
  trienio: 'TRIENNIAL',
  'solo una vez': 'NEVER',
}

/** URI of one of the update frequencies datos.gov.co accepts; what has none of its own is "other". */
export function frequencyUri(words: string): string {
  return `${AUTHORITY}/frequency/${FREQUENCIES[words] ?? 'OTHER'}`
}

/** Formats by the kind of the file. */
export const FORMAT_URIS: Record<string, string> = {
  csv: `${AUTHORITY}/file-type/CSV`,
  json: `${AUTHORITY}/file-type/JSON`,
  parquet: `${AUTHORITY}/file-type/PARQUET`,
  xlsx: `${AUTHORITY}/file-type/XLSX`,
  dictionary: `${AUTHORITY}/file-type/CSV`,
  pdf: `${AUTHORITY}/file-type/PDF`,
  docx: `${AUTHORITY}/file-type/DOCX`,
  html: `${AUTHORITY}/file-type/HTML`,
}

export const THEME_URI = `${AUTHORITY}/data-theme/GOVE`
export const LANGUAGE_URI = `${AUTHORITY}/language/SPA`
export const ACCESS_URI = `${AUTHORITY}/access-right/PUBLIC`
export const COUNTRY_URI = `${AUTHORITY}/country/COL`
export const THEME_SCHEME_URI = `${AUTHORITY}/data-theme`
/** A published version is never taken away but by withdrawing it. */
export const AVAILABILITY_URI = `${AUTHORITY}/planned-availability/STABLE`

const STATUS_CODES: Record<string, string> = { published: 'COMPLETED', corrected: 'DEPRECATED', withdrawn: 'WITHDRAWN' }

/** What became of a dataset or of one of its files, from the state of its version. */
export const datasetStatus = (status: string) => `${AUTHORITY}/dataset-status/${STATUS_CODES[status]}`
export const distributionStatus = (status: string) => `${AUTHORITY}/distribution-status/${STATUS_CODES[status]}`

/** IANA's address of a media type, without its parameters. */
export function mediaTypeUri(mediaType: string): string {
  return `https://www.iana.org/assignments/media-types/${mediaType.split(';')[0]?.trim()}`
}

interface Term {
  uri: string
  type: `${'dct' | 'skos'}:${string}`
  /** In Spanish, and the property that says it. */
  label?: string
  says: 'dct:title' | 'skos:prefLabel' | 'rdfs:label'
}

const concept = (uri: string, label: string): Term => ({ uri, type: 'skos:Concept', label, says: 'skos:prefLabel' })
const term = (type: Term['type'], uri: string): Term => ({ uri, type, says: 'rdfs:label' })

/** Files come in these media types; `mediaTypeUri` gives their addresses. */
const MEDIA_TYPES = [
  ...['text/csv', 'application/json', 'application/vnd.apache.parquet', 'application/pdf', 'text/html'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]

/** What every code above is, with its name where DCAT-AP 3.0 asks for one. */
export const TERMS: readonly Term[] = [
  term('dct:LinguisticSystem', LANGUAGE_URI),
  term('dct:RightsStatement', ACCESS_URI),
  term('dct:Location', COUNTRY_URI),
  ...[...Object.values(FREQUENCIES), 'OTHER'].map((code) => term('dct:Frequency', `${AUTHORITY}/frequency/${code}`)),
  ...[...new Set(Object.values(FORMAT_URIS))].map((uri) => term('dct:MediaTypeOrExtent', uri)),
  ...MEDIA_TYPES.map((name) => term('dct:MediaType', mediaTypeUri(name))),
  ...Object.values(LICENCE_URIS).map((uri) => term('dct:LicenseDocument', uri)),
  { uri: THEME_SCHEME_URI, type: 'skos:ConceptScheme', label: 'Temas de los datos', says: 'dct:title' },
  concept(THEME_URI, 'Gobierno y sector público'),
  concept(AVAILABILITY_URI, 'Estable'),
  ...Object.entries({ published: 'Terminado', corrected: 'Reemplazado', withdrawn: 'Retirado' }).flatMap(
    ([status, label]) => [concept(datasetStatus(status), label), concept(distributionStatus(status), label)],
  ),
]
