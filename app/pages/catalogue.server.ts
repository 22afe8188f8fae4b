import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip, type ZlibOptions } from 'node:zlib'
import { type AppLoadContext, redirect } from '@remix-run/node'
import { type Trx, withoutEntity } from '../../db/client.ts'
import { listNews, listSeries, listSeriesStates, type NewsLine, type SeriesState } from '../../db/public-catalogue.ts'
import { type Feed, type FeedEntry, toAtom } from '../../documents/atom.ts'
import type { CatalogueSeries } from '../../documents/catalogue-content.ts'
import { catalogueNode, seriesNodes, termNodes } from '../../documents/dcat.ts'
import { graphOf, JSON_LD, TURTLE } from '../../documents/rdf.ts'
import { notFound } from '../answer.server.ts'
import { openDataText as words } from '../text/open-data.ts'

/** Forms the catalogue is written in: media type and how. */
const FORMS = {
  jsonld: { mediaType: 'application/ld+json', writing: JSON_LD },
  ttl: { mediaType: 'text/turtle', writing: TURTLE },
} as const
export type CatalogueForm = keyof typeof FORMS

/** A series as it was last read and written, for as long as nothing of it changes. */
interface KeptSeries extends SeriesState {
  series: CatalogueSeries
  written: Partial<Record<CatalogueForm, string[]>>
}

/** The whole catalogue as it was last written and compressed, for as long as nothing public changes. */
interface KeptBody {
  tag: string
  plain: Uint8Array<ArrayBuffer>
  zipped: Promise<Uint8Array<ArrayBuffer>>
}

interface Kept {
  series: Map<string, KeptSeries>
  bodies: Map<CatalogueForm, KeptBody>
}

const keptOf = new WeakMap<object, Kept>()

/** The catalogue of everything, or of one dataset; unknown and not yet public ones are not there. */
export async function catalogueAnswer(
  request: Request,
  context: AppLoadContext,
  form: CatalogueForm,
  slug?: string,
): Promise<Response> {
  const kept = keptOf.get(context.publicDb) ?? { series: new Map(), bodies: new Map() }
  keptOf.set(context.publicDb, kept)
  const { tag, states } = await withoutEntity(context.publicDb, async (trx) => {
    const states = await listSeriesStates(trx, slug ?? null)
    const tag = tagOf(states)
    if (!isKnown(request, tag) && kept.bodies.get(form)?.tag !== tag) await readChanged(trx, kept.series, states)
    return { tag, states }
  })
  const headers = { ETag: `"${tag}"`, 'Access-Control-Allow-Origin': '*' }
  if (isKnown(request, tag)) return new Response(null, { status: 304, headers })
  const typed = { ...headers, 'Content-Type': `${FORMS[form].mediaType}; charset=utf-8` }
  if (slug !== undefined) {
    const written = writtenOf(kept, states, form, context.config.PUBLIC_URL)
    if (written.length === 0) throw notFound(context.requestId)
    return new Response(graphOf(FORMS[form].writing, [...termsIn(form, context.config.PUBLIC_URL), ...written]), {
      headers: typed,
    })
  }
  const body = bodyOf(kept, form, tag, states, context.config.PUBLIC_URL)
  // Millions of letters that are the same for everybody: compressed once, not for each who asks.
  if (!/\bgzip\b/.test(request.headers.get('Accept-Encoding') ?? ''))
    return new Response(body.plain, { headers: typed })
  return new Response(await body.zipped, { headers: { ...typed, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } })
}

const tagOf = (states: readonly SeriesState[]) =>
  createHash('sha256')
    .update(states.map(({ slug, state }) => `${slug} ${state}`).join(','))
    .digest('base64url')

const isKnown = (request: Request, tag: string) => request.headers.get('If-None-Match')?.includes(`"${tag}"`) ?? false

/** Reads again the series that are no longer what they were. */
async function readChanged(trx: Trx, known: Kept['series'], states: readonly SeriesState[]): Promise<void> {
  const changed = states.filter(({ slug, state }) => known.get(slug)?.state !== state)
  if (changed.length === 0) return
  const found = await listSeries(
    trx,
    changed.map(({ slug }) => slug),
  )
  for (const { slug, state } of changed) {
    const series = found.find((one) => one.slug === slug)
    if (series) known.set(slug, { slug, state, series, written: {} })
  }
}

/** The nodes of the series named, each written once for as long as it stays the same. */
function writtenOf({ series }: Kept, states: readonly SeriesState[], form: CatalogueForm, base: string): string[] {
  return states.flatMap(({ slug }) => {
    const one = series.get(slug)
    if (!one) return []
    one.written[form] ??= seriesNodes(base, one.series).map(FORMS[form].writing.node)
    return one.written[form]
  })
}

const termsIn = (form: CatalogueForm, base: string) => termNodes(base).map(FORMS[form].writing.node)

function bodyOf(kept: Kept, form: CatalogueForm, tag: string, states: readonly SeriesState[], base: string): KeptBody {
  const known = kept.bodies.get(form)
  if (known?.tag === tag) return known
  for (const slug of kept.series.keys()) if (!states.some((one) => one.slug === slug)) kept.series.delete(slug)
  const { writing } = FORMS[form]
  const all = states.flatMap(({ slug }) => kept.series.get(slug)?.series ?? [])
  const series = writtenOf(kept, states, form, base)
  const text = graphOf(writing, [writing.node(catalogueNode(base, all)), ...termsIn(form, base), ...series])
  const plain = new TextEncoder().encode(text)
  const body = { tag, plain, zipped: zip(plain, { level: QUICK }).then((zipped) => Uint8Array.from(zipped)) }
  kept.bodies.set(form, body)
  return body
}

/** Level of compression: half the time of the usual one for a third more bytes. */
const QUICK = 3
const zip = promisify<Uint8Array, ZlibOptions, Buffer>(gzip)

/** Whoever asks a page of open data for its description instead is sent there (content negotiation). */
export function negotiate(request: Request, base: string): void {
  const accepted = request.headers.get('Accept') ?? ''
  if (/text\/html|application\/xhtml/.test(accepted)) return
  for (const [form, { mediaType }] of Object.entries(FORMS))
    if (accepted.includes(mediaType))
      throw redirect(`${base}/catalogo.${form}`, { status: 303, headers: { Vary: 'Accept' } })
}

/** The feed of releases: a withdrawal moves its entry up again and says why. */
export async function feedAnswer(context: AppLoadContext): Promise<Response> {
  const news = await withoutEntity(context.publicDb, (trx) => listNews(trx))
  const at = (path: string) => new URL(path, context.config.PUBLIC_URL).href
  const feed: Feed = {
    ...{ id: at('/datos-abiertos'), page: at('/datos-abiertos'), self: at('/datos-abiertos/novedades.atom') },
    ...{ title: words.feed.title, subtitle: words.feed.subtitle },
    entries: news.map((line) => entryOf(line, at(`/datos-abiertos/${line.slug}/${line.version}`))),
  }
  return new Response(toAtom(feed), {
    headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
  })
}

function entryOf(line: NewsLine, link: string): FeedEntry {
  const { id, title, entity, version, status, publishedAt, updatedAt } = line
  const summary =
    status === 'withdrawn'
      ? words.feed.withdrawn(line.withdrawnReason ?? '')
      : line.isCorrection
        ? words.feed.correction(line.changeNote)
        : line.changeNote
  return {
    ...{ id, author: entity, link, publishedAt, updatedAt, summary: summary || words.feed.first },
    ...{ title: words.feed.entry(title, version), state: words.status[status] ?? status },
  }
}
