import { type AppLoadContext, redirect } from '@remix-run/node'
import { withoutEntity } from '../../db/client.ts'
import { catalogueState, listNews, listSeries, type NewsLine } from '../../db/public-catalogue.ts'
import { type Feed, type FeedEntry, toAtom } from '../../documents/atom.ts'
import { catalogueNodes, seriesNodes } from '../../documents/dcat.ts'
import { type Node, toJsonLd, toTurtle } from '../../documents/rdf.ts'
import { notFound } from '../answer.server.ts'
import { openDataText as words } from '../text/open-data.ts'

/** Forms the catalogue is written in: media type and how. */
const FORMS = {
  jsonld: { mediaType: 'application/ld+json', write: toJsonLd },
  ttl: { mediaType: 'text/turtle', write: toTurtle },
} as const
export type CatalogueForm = keyof typeof FORMS

/** The whole catalogue as it was last written, for as long as nothing public changes. */
const kept = new WeakMap<object, Map<CatalogueForm, { state: string; body: string }>>()

/** The catalogue of everything, or of one dataset; unknown and not yet public ones are not there. */
export async function catalogueAnswer(
  request: Request,
  context: AppLoadContext,
  form: CatalogueForm,
  slug?: string,
): Promise<Response> {
  const { PUBLIC_URL } = context.config
  const { state, nodes } = await withoutEntity(context.publicDb, async (trx) => {
    const state = await catalogueState(trx)
    const known = slug === undefined ? keptOf(context, form, state) : undefined
    if (known !== undefined || isKnown(request, state)) return { state, nodes: known ?? [] }
    const series = await listSeries(trx, slug ?? null)
    const [first] = series
    if (slug === undefined) return { state, nodes: catalogueNodes(PUBLIC_URL, series) }
    return { state, nodes: first ? seriesNodes(PUBLIC_URL, first) : [] }
  })
  const headers = { ETag: `"${state}"`, 'Access-Control-Allow-Origin': '*' }
  if (isKnown(request, state)) return new Response(null, { status: 304, headers })
  if (slug !== undefined && nodes.length === 0) throw notFound(context.requestId)
  const body = typeof nodes === 'string' ? nodes : keep(context, form, state, slug, nodes)
  return new Response(body, { headers: { ...headers, 'Content-Type': `${FORMS[form].mediaType}; charset=utf-8` } })
}

const isKnown = (request: Request, state: string) => request.headers.get('If-None-Match')?.includes(`"${state}"`)

function keptOf({ publicDb }: AppLoadContext, form: CatalogueForm, state: string): string | undefined {
  const known = kept.get(publicDb)?.get(form)
  return known?.state === state ? known.body : undefined
}

function keep(
  { publicDb }: AppLoadContext,
  form: CatalogueForm,
  state: string,
  slug: string | undefined,
  nodes: readonly Node[],
): string {
  const body = FORMS[form].write(nodes)
  if (slug !== undefined) return body
  const forms = kept.get(publicDb) ?? new Map()
  kept.set(publicDb, forms.set(form, { state, body }))
  return body
}

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
