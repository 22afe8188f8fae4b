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

/** IANA's address of a media type, without its parameters. */
export function mediaTypeUri(mediaType: string): string {
  return `https://www.iana.org/assignments/media-types/${mediaType.split(';')[0]?.trim()}`
}
