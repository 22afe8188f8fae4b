/**
 * The catalogue of open data in DCAT 3 (H3, H4): a series for each dataset, in it one dataset a vigencia with its
 * distributions, and one for each version that stands no longer. What was withdrawn stays described, without files.
 */
import { openDataText } from '../app/text/open-data.ts'
import { comparisonSentences } from '../app/text/variables.ts'
import {
  ACCESS_URI,
  COUNTRY_URI,
  datasetStatus,
  frequencyUri,
  LANGUAGE_URI,
  TERMS,
  THEME_SCHEME_URI,
  THEME_URI,
} from '../catalog/dcat-uris.ts'
import { CATALOGUE_WORDS, versionTitle, vigenciaTitle } from '../catalog/open-data-words.ts'
import type { CatalogueRelease, CatalogueSeries } from './catalogue-content.ts'
import { datasetAddress, dictionaryPage, fileAddress, pageOf, versionAddress, versionPage } from './dcat-addresses.ts'
import { distribution } from './dcat-distribution.ts'
import { agent, contact, instant, municipality, period } from './dcat-parts.ts'
import { iri, type Node, plain, words } from './rdf.ts'

type Properties = Node['properties']

/** Everything that is or was published. `base` is the public address of the installation. */
export function catalogueNodes(base: string, series: readonly CatalogueSeries[]): Node[] {
  return [catalogueNode(base, series), ...termNodes(base), ...series.flatMap((one) => seriesNodes(base, one))]
}

/** The catalogue itself, which lists the dataset of every vigencia. */
export function catalogueNode(base: string, series: readonly CatalogueSeries[]): Node {
  const address = new URL('/datos-abiertos', base).href
  const publishers = [...new Set(series.map(({ entity }) => entity))]
  const releases = series.flatMap((one) => one.releases)
  const changes = releases.map((one) => lastChange(one).getTime())
  const dates: Properties =
    releases.length === 0
      ? []
      : [
          ['dct:issued', instant(new Date(Math.min(...releases.map(({ publishedAt }) => publishedAt.getTime()))))],
          ['dct:modified', instant(new Date(Math.max(...changes)))],
        ]
  return {
    id: address,
    type: 'dcat:Catalog',
    properties: [
      ['dct:title', words(CATALOGUE_WORDS.title)],
      ['dct:description', words(CATALOGUE_WORDS.description)],
      ['dct:publisher', agent(publishers.length === 1 ? (publishers[0] ?? '') : CATALOGUE_WORDS.publisher)],
      ...dates,
      ['dct:language', iri(LANGUAGE_URI)],
      ['foaf:homepage', iri(homePage(base))],
      ['dct:spatial', iri(COUNTRY_URI)],
      ['dcat:themeTaxonomy', iri(THEME_SCHEME_URI)],
      ...series.flatMap((one) =>
        shownOf(one).map((release) => link('dcat:dataset', datasetAddress(base, one, release))),
      ),
    ],
  }
}

/** What the addresses are that the catalogue names without describing them, so that it can be checked on its own. */
export function termNodes(base: string): Node[] {
  const terms = TERMS.map(({ uri, type, label, says }): Node => {
    return { id: uri, type, properties: label === undefined ? [] : [[says, words(label)]] }
  })
  return [{ id: homePage(base), type: 'foaf:Document', properties: [] }, ...terms]
}

const homePage = (base: string) => new URL('/', base).href

const link = (predicate: Properties[number][0], address: string): Properties[number] => [predicate, iri(address)]
const said = (predicate: Properties[number][0], text: string): Properties[number] => [predicate, words(text)]

const isStanding = ({ status }: CatalogueRelease) => status === 'published'
const lastChange = ({ publishedAt, withdrawn }: CatalogueRelease) => withdrawn?.at ?? publishedAt

/** Of each vigencia the version that stands, or the last one that did; newest vigencia first. */
function shownOf({ releases }: CatalogueSeries): CatalogueRelease[] {
  const vigencias = [...new Set(releases.map(({ vigencia }) => vigencia))]
  return vigencias.flatMap((vigencia) => {
    const versions = releases.filter((one) => one.vigencia === vigencia)
    return versions.find(isStanding) ?? versions[0] ?? []
  })
}

/** One dataset, its vigencias and every version of them. */
export function seriesNodes(base: string, series: CatalogueSeries): Node[] {
  const shown = shownOf(series)
  const [last, first] = [shown[0], shown.at(-1)]
  if (!last || !first) return []
  const node: Node = {
    id: pageOf(base, series),
    type: 'dcat:DatasetSeries',
    properties: [
      ...described(series, last),
      ['dct:title', words(last.title)],
      ['dct:temporal', period(first.periodFrom, last.periodTo)],
      ['dct:modified', instant(lastChange(last))],
      link('dcat:first', datasetAddress(base, series, first)),
      link('dcat:last', datasetAddress(base, series, last)),
      ...correspondencesOf(base, series),
    ],
  }
  const former = series.releases.filter((one) => !shown.includes(one))
  return [
    node,
    ...shown.map((release) => datasetNode(base, series, release)),
    ...former.map((release) => formerNode(base, series, release)),
    ...series.releases.flatMap((release) => pagesOf(base, series, release)),
    ...series.releases.flatMap((release) => release.files.map((file) => distribution(base, series, release, file))),
  ]
}

/** The dataset of a vigencia, as the version that is shown of it describes it. */
function datasetNode(base: string, series: CatalogueSeries, release: CatalogueRelease): Node {
  const versions = series.releases.filter(({ vigencia }) => vigencia === release.vigencia)
  const issued = versions.at(-1) ?? release
  const before = series.releases.find((one) => one.vigencia < release.vigencia && isStanding(one))
  return {
    id: datasetAddress(base, series, release),
    type: 'dcat:Dataset',
    properties: [
      ...ofVersion(base, series, release),
      ['dct:title', words(vigenciaTitle(release.title, release.vigencia))],
      ['dct:issued', instant(issued.publishedAt)],
      link('dcat:inSeries', pageOf(base, series)),
      ...(before && isStanding(release) && isContinued(release)
        ? [link('dcat:prev', datasetAddress(base, series, before))]
        : []),
      ...comparisonSentences(release.comparison).map((sentence) => said('skos:changeNote', sentence)),
      ...versions
        .filter((one) => one !== release)
        .map((one) => link('dcat:hasVersion', versionAddress(base, series, one))),
    ],
  }
}

/** A version that was corrected or withdrawn, as it was published. */
function formerNode(base: string, series: CatalogueSeries, release: CatalogueRelease): Node {
  return {
    id: versionAddress(base, series, release),
    type: 'dcat:Dataset',
    properties: [
      ...ofVersion(base, series, release),
      ['dct:title', words(versionTitle(vigenciaTitle(release.title, release.vigencia), release.version))],
      ['dct:issued', instant(release.publishedAt)],
      link('dcat:isVersionOf', datasetAddress(base, series, release)),
    ],
  }
}

/** What a version says of itself, whether it stands or not: what was published, when, and why it was withdrawn. */
function ofVersion(base: string, series: CatalogueSeries, release: CatalogueRelease): Properties {
  const { withdrawn, changeNote, files } = release
  return [
    ...described(series, release),
    ['dct:identifier', plain(versionPage(base, series, release))],
    ['dct:modified', instant(lastChange(release))],
    ['dct:temporal', period(release.periodFrom, release.periodTo)],
    link('dcat:landingPage', versionPage(base, series, release)),
    ['dcat:version', plain(String(release.version))],
    link('adms:status', datasetStatus(release.status)),
    ...(changeNote ? [said('adms:versionNotes', changeNote)] : []),
    withdrawn
      ? said('skos:changeNote', openDataText.tombstone(withdrawn.at, withdrawn.reason))
      : link('dct:conformsTo', dictionaryPage(base, series, release)),
    ...files.map((file) => link('dcat:distribution', fileAddress(base, series, release, file))),
  ]
}

/** The pages a version is described on, each said to be what it is. */
function pagesOf(base: string, series: CatalogueSeries, release: CatalogueRelease): Node[] {
  const page: Node = { id: versionPage(base, series, release), type: 'foaf:Document', properties: [] }
  const dictionary: Node = { id: dictionaryPage(base, series, release), type: 'dct:Standard', properties: [] }
  return release.withdrawn ? [page] : [page, dictionary]
}

/** The tables that join its vigencias, where there are any: files of the series, since those of its versions never change. */
function correspondencesOf(base: string, series: CatalogueSeries): Properties {
  const isJoined = series.releases.some((one) => one.comparison?.variables.some(({ bridged }) => bridged.length > 0))
  const file = `${pageOf(base, series)}/correspondencias`
  return isJoined ? [link('dct:relation', `${file}.csv`), link('dct:relation', `${file}.json`)] : []
}

/** Who follows the series from one vigencia to the one before must not pass a break that nobody has bridged (features N11). */
const isContinued = ({ comparison }: CatalogueRelease) =>
  !comparison?.variables.some(({ refused }) => refused.length > 0)

/** What a series and its datasets say alike. */
function described(series: CatalogueSeries, release: CatalogueRelease): Properties {
  return [
    ['dct:description', words(release.description)],
    ['dct:publisher', agent(series.entity)],
    ['dcat:contactPoint', contact(release)],
    link('dct:language', LANGUAGE_URI),
    link('dct:accessRights', ACCESS_URI),
    link('dct:accrualPeriodicity', frequencyUri(release.frequency)),
    ['dct:spatial', municipality(series)],
    link('dcat:theme', THEME_URI),
    ...release.keywords.map((keyword) => said('dcat:keyword', keyword)),
  ]
}
