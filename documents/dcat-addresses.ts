/** Addresses of what the catalogue describes; `base` is the public address of the installation. */
import type { CatalogueFile, CatalogueRelease, CatalogueSeries } from './catalogue-content.ts'

export const pageOf = (base: string, { slug }: CatalogueSeries) => new URL(`/datos-abiertos/${slug}`, base).href

/** The page of a version, which stays for ever. */
export const versionPage = (base: string, series: CatalogueSeries, { version }: CatalogueRelease) =>
  `${pageOf(base, series)}/${version}`

export const dictionaryPage = (base: string, series: CatalogueSeries, release: CatalogueRelease) =>
  `${versionPage(base, series, release)}/diccionario`

export const fileAddress = (base: string, series: CatalogueSeries, release: CatalogueRelease, file: CatalogueFile) =>
  `${versionPage(base, series, release)}/${file.name}`

/** The dataset of a vigencia, whatever version of it stands. */
export const datasetAddress = (base: string, series: CatalogueSeries, { vigencia }: CatalogueRelease) =>
  `${pageOf(base, series)}#vigencia-${vigencia}`

/** The dataset that one version is, apart from the page that shows it. */
export const versionAddress = (base: string, series: CatalogueSeries, release: CatalogueRelease) =>
  `${versionPage(base, series, release)}#conjunto`
