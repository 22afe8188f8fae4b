/** One file of a version as a distribution of DCAT. */
import {
  AVAILABILITY_URI,
  distributionStatus,
  FORMAT_URIS,
  LANGUAGE_URI,
  LICENCE_URIS,
  mediaTypeUri,
} from '../catalog/dcat-uris.ts'
import { FILE_CONTENTS, FILE_TITLES } from '../catalog/open-data-words.ts'
import type { CatalogueFile, CatalogueRelease, CatalogueSeries } from './catalogue-content.ts'
import { dictionaryPage, fileAddress, versionPage } from './dcat-addresses.ts'
import { checksum, instant } from './dcat-parts.ts'
import { iri, type Node, typed, type Value, words } from './rdf.ts'

export function distribution(
  base: string,
  series: CatalogueSeries,
  release: CatalogueRelease,
  file: CatalogueFile,
): Node {
  const address = fileAddress(base, series, release, file)
  const title = FILE_TITLES[file.kind] ?? file.name
  return {
    id: address,
    type: 'dcat:Distribution',
    properties: [
      ['dct:title', words(title)],
      ['dct:description', words(FILE_CONTENTS[file.kind] ?? title)],
      ['dcat:accessURL', iri(versionPage(base, series, release))],
      ['dcat:downloadURL', iri(address)],
      ['dct:license', licence(release)],
      ['dcat:mediaType', iri(mediaTypeUri(file.mediaType))],
      ['dct:format', iri(FORMAT_URIS[file.kind] ?? mediaTypeUri(file.mediaType))],
      ['dcat:byteSize', typed(String(file.bytes), 'xsd:nonNegativeInteger')],
      ['dct:issued', instant(release.publishedAt)],
      ['dct:language', iri(LANGUAGE_URI)],
      ['dct:conformsTo', iri(dictionaryPage(base, series, release))],
      ['adms:status', iri(distributionStatus(release.status))],
      ['dcatap:availability', iri(AVAILABILITY_URI)],
      ['spdx:checksum', checksum(file.sha256)],
    ],
  }
}

/** By its address where it has one, else by its name. */
function licence({ licence: { code, label } }: CatalogueRelease): Value {
  const known = LICENCE_URIS[code]
  return known ? iri(known) : { type: 'dct:LicenseDocument', properties: [['rdfs:label', words(label)]] }
}
