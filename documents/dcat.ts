/** The catalogue of open data in DCAT 3 (H4): a series for each dataset, in it one dataset a vigencia with its distributions. */

import { comparisonSentences } from '../app/text/variables.ts'
import {
  ACCESS_URI,
  COUNTRY_URI,
  FORMAT_URIS,
  frequencyUri,
  LANGUAGE_URI,
  LICENCE_URIS,
  mediaTypeUri,
  THEME_URI,
} from '../catalog/dcat-uris.ts'
import { CATALOGUE_WORDS, FILE_TITLES, vigenciaTitle } from '../catalog/open-data-words.ts'
import type { SeriesBreak } from '../domain/series.ts'
import { agent, checksum, contact, instant, municipality, period } from './dcat-parts.ts'
import { iri, type Node, plain, typed, words } from './rdf.ts'

export interface CatalogueFile {
  name: string
  kind: string
  mediaType: string
  bytes: number
  sha256: string
}

/** One public version, with what its page says. */
export interface CatalogueRelease {
  version: number
  status: string
  vigencia: number
  publishedAt: Date
  changeNote: string
  title: string
  description: string
  licence: { code: string; label: string }
  /** Civil dates `YYYY-MM-DD`. */
  periodFrom: string
  periodTo: string
  frequency: string
  agency: string
  email: string
  keywords: string[]
  files: CatalogueFile[]
  /** Whether it can be compared with the vigencia before, variable by variable; null where there is none, or nobody can tell. */
  comparison: Comparison | null
}

export interface Comparison {
  vigencia: number
  /** Those whose meaning changed in between: without a table of correspondence, or joined by one. */
  variables: { code: string; name: string; refused: SeriesBreak[]; bridged: SeriesBreak[] }[]
}

export interface CatalogueSeries {
  slug: string
  entity: string
  divipola: string
  /** Newest vigencia first, in it the newest version first. */
  releases: CatalogueRelease[]
}

/** Everything that stands published now. `base` is the public address of the installation. */
export function catalogueNodes(base: string, series: readonly CatalogueSeries[]): Node[] {
  return [catalogueNode(base, series), ...series.flatMap((one) => seriesNodes(base, one))]
}

/** The catalogue itself, which lists the datasets that stand published. */
export function catalogueNode(base: string, series: readonly CatalogueSeries[]): Node {
  const listed = series.filter((one) => one.releases.some(isStanding))
  const address = new URL('/datos-abiertos', base).href
  const publishers = [...new Set(listed.map(({ entity }) => entity))]
  return {
    id: address,
    type: 'dcat:Catalog',
    properties: [
      ['dct:title', words(CATALOGUE_WORDS.title)],
      ['dct:description', words(CATALOGUE_WORDS.description)],
      ['dct:publisher', agent(publishers.length === 1 ? (publishers[0] ?? '') : CATALOGUE_WORDS.publisher)],
      ['dct:language', iri(LANGUAGE_URI)],
      ['foaf:homepage', iri(address)],
      ['dct:spatial', iri(COUNTRY_URI)],
      ...listed.flatMap((one) => standingOf(one).map((release) => datasetLink(base, one, release))),
    ],
  }
}

const isStanding = ({ status }: CatalogueRelease) => status === 'published'

/** The version that stands in each vigencia, newest first. */
const standingOf = ({ releases }: CatalogueSeries) => releases.filter(isStanding)

function datasetLink(base: string, series: CatalogueSeries, release: CatalogueRelease): Node['properties'][number] {
  return ['dcat:dataset', iri(datasetAddress(base, series, release))]
}

const pageOf = (base: string, { slug }: CatalogueSeries) => new URL(`/datos-abiertos/${slug}`, base).href
const versionOf = (base: string, series: CatalogueSeries, { version }: CatalogueRelease) =>
  `${pageOf(base, series)}/${version}`
const datasetAddress = (base: string, series: CatalogueSeries, { vigencia }: CatalogueRelease) =>
  `${pageOf(base, series)}#vigencia-${vigencia}`

/** One dataset and its vigencias; nothing while none of them stands published. */
export function seriesNodes(base: string, series: CatalogueSeries): Node[] {
  const standing = standingOf(series)
  const [last] = standing
  const first = standing.at(-1)
  if (!last || !first) return []
  const node: Node = {
    id: pageOf(base, series),
    type: 'dcat:DatasetSeries',
    properties: [
      ...described(series, last),
      ['dct:title', words(last.title)],
      ['dct:temporal', period(first.periodFrom, last.periodTo)],
      ['dct:modified', instant(last.publishedAt)],
      ['dcat:first', iri(datasetAddress(base, series, first))],
      ['dcat:last', iri(datasetAddress(base, series, last))],
      ...correspondencesOf(base, series),
    ],
  }
  return [node, ...standing.flatMap((release, i) => datasetNodes(base, series, release, standing[i + 1]))]
}

function datasetNodes(
  base: string,
  series: CatalogueSeries,
  release: CatalogueRelease,
  before: CatalogueRelease | undefined,
): Node[] {
  const versions = series.releases.filter(({ vigencia }) => vigencia === release.vigencia)
  const issued = versions.at(-1) ?? release
  const dataset: Node = {
    id: datasetAddress(base, series, release),
    type: 'dcat:Dataset',
    properties: [
      ...described(series, release),
      ['dct:title', words(vigenciaTitle(release.title, release.vigencia))],
      ['dct:identifier', plain(versionOf(base, series, release))],
      ['dcat:inSeries', iri(pageOf(base, series))],
      ...(before && isContinued(release)
        ? [['dcat:prev', iri(datasetAddress(base, series, before))] satisfies Node['properties'][number]]
        : []),
      ...comparisonSentences(release.comparison).map((sentence): Node['properties'][number] => [
        'skos:changeNote',
        words(sentence),
      ]),
      ['dct:issued', instant(issued.publishedAt)],
      ['dct:modified', instant(release.publishedAt)],
      ['dct:temporal', period(release.periodFrom, release.periodTo)],
      ['dcat:landingPage', iri(versionOf(base, series, release))],
      ['dct:conformsTo', iri(`${versionOf(base, series, release)}/diccionario`)],
      ['dcat:version', plain(String(release.version))],
      ...(release.changeNote
        ? [['adms:versionNotes', words(release.changeNote)] satisfies Node['properties'][number]]
        : []),
      ...versions
        .filter((one) => one.version < release.version && one.status === 'corrected')
        .map((one): Node['properties'][number] => ['dcat:hasVersion', iri(versionOf(base, series, one))]),
      ...release.files.map((file): Node['properties'][number] => [
        'dcat:distribution',
        iri(`${versionOf(base, series, release)}/${file.name}`),
      ]),
    ],
  }
  return [dataset, ...release.files.map((file) => distribution(base, series, release, file))]
}

/** The tables that join its vigencias, where there are any: files of the series, since those of its versions never change. */
function correspondencesOf(base: string, series: CatalogueSeries): Node['properties'] {
  const isJoined = series.releases.some((one) => one.comparison?.variables.some(({ bridged }) => bridged.length > 0))
  const file = `${pageOf(base, series)}/correspondencias`
  return isJoined
    ? [
        ['dct:relation', iri(`${file}.csv`)],
        ['dct:relation', iri(`${file}.json`)],
      ]
    : []
}

/** Who follows the series from one vigencia to the one before must not pass a break that nobody has bridged (features N11). */
const isContinued = ({ comparison }: CatalogueRelease) =>
  !comparison?.variables.some(({ refused }) => refused.length > 0)

/** What a series and its datasets say alike. */
function described(series: CatalogueSeries, release: CatalogueRelease): Node['properties'] {
  return [
    ['dct:description', words(release.description)],
    ['dct:publisher', agent(series.entity)],
    ['dcat:contactPoint', contact(release)],
    ['dct:language', iri(LANGUAGE_URI)],
    ['dct:accessRights', iri(ACCESS_URI)],
    ['dct:accrualPeriodicity', iri(frequencyUri(release.frequency))],
    ['dct:spatial', municipality(series)],
    ['dcat:theme', iri(THEME_URI)],
    ...release.keywords.map((keyword): Node['properties'][number] => ['dcat:keyword', words(keyword)]),
  ]
}

function distribution(base: string, series: CatalogueSeries, release: CatalogueRelease, file: CatalogueFile): Node {
  const address = `${versionOf(base, series, release)}/${file.name}`
  const { code, label } = release.licence
  const licence = LICENCE_URIS[code]
  return {
    id: address,
    type: 'dcat:Distribution',
    properties: [
      ['dct:title', words(FILE_TITLES[file.kind] ?? file.name)],
      ['dcat:accessURL', iri(versionOf(base, series, release))],
      ['dcat:downloadURL', iri(address)],
      [
        'dct:license',
        licence ? iri(licence) : { type: 'dct:LicenseDocument', properties: [['rdfs:label', words(label)]] },
      ],
      ['dcat:mediaType', iri(mediaTypeUri(file.mediaType))],
      ['dct:format', iri(FORMAT_URIS[file.kind] ?? mediaTypeUri(file.mediaType))],
      ['dcat:byteSize', typed(String(file.bytes), 'xsd:nonNegativeInteger')],
      ['dct:issued', instant(release.publishedAt)],
      ['dct:language', iri(LANGUAGE_URI)],
      ['dct:conformsTo', iri(`${versionOf(base, series, release)}/diccionario`)],
      ['spdx:checksum', checksum(file.sha256)],
    ],
  }
}
