import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { describe, expect, it } from 'vitest'
import { frequencyUri } from '../../catalog/dcat-uris.ts'
import { FREQUENCIES } from '../../catalog/forms/choices.ts'
import { toAtom } from '../../documents/atom.ts'
import { type CatalogueRelease, type CatalogueSeries, catalogueNodes } from '../../documents/dcat.ts'
import { type Node, toJsonLd, toTurtle } from '../../documents/rdf.ts'

const BASE = 'https://datos.ejemplo.gov.co'
const NASTY = 'Título «con» "comillas", \\barras\\, <b>etiquetas</b>,\nrenglones\ty tabuladores ñ é 漢 \u0001'

function release(version: number, vigencia: number, status = 'published', title = 'PQRSD por canal'): CatalogueRelease {
  const file = (kind: string, mediaType: string) => ({
    ...{ name: `pqrsd-v${version}.${kind}`, kind, mediaType, bytes: 100 + version, sha256: 'ab'.repeat(32) },
  })
  return {
    ...{ version, status, vigencia, title, publishedAt: new Date(Date.UTC(2026, 0, version)), changeNote: 'Se añadió' },
    ...{ description: NASTY, licence: { code: 'CC-BY-4.0', label: 'CC BY 4.0' }, frequency: 'anual' },
    ...{ periodFrom: `${vigencia}-01-01`, periodTo: `${vigencia}-12-31`, keywords: ['pqrsd', 'atención'] },
    ...{ agency: 'Oficina', email: 'datos@ejemplo.gov.co', comparison: null },
    files:
      status === 'published'
        ? [file('csv', 'text/csv; charset=utf-8'), file('parquet', 'application/vnd.apache.parquet')]
        : [],
  }
}

const SERIES: CatalogueSeries[] = [
  {
    ...{ slug: 'santa-marta-pqrsd', entity: 'Alcaldía de Santa Marta', divipola: '47001' },
    releases: [
      release(4, 2026),
      release(3, 2026, 'corrected'),
      release(2, 2025, 'published', NASTY),
      release(1, 2025, 'corrected'),
    ],
  },
  {
    ...{ slug: 'leticia-encuesta', entity: 'Alcaldía de Leticia', divipola: '91001' },
    releases: [{ ...release(1, 2026), licence: { code: 'propia', label: 'Licencia propia' } }],
  },
  { slug: 'retirado', entity: 'Alcaldía de Leticia', divipola: '91001', releases: [release(1, 2026, 'withdrawn')] },
]

const parsed = (turtle: string) => new Store(new Parser({ format: 'text/turtle' }).parse(turtle))
const shapes = parsed(readFileSync(fileURLToPath(new URL('./dcat-shapes.ttl', import.meta.url)), 'utf8'))

/** What the shapes object to, in words. */
async function violations(nodes: readonly Node[]): Promise<string[]> {
  const report = await new SHACLValidator(shapes as never).validate(parsed(toTurtle(nodes)) as never)
  return report.results.map(
    (one) => `${one.focusNode?.value} ${one.path?.value} ${one.message.map(({ value }) => value)}`,
  )
}

describe('the catalogue', () => {
  const nodes = catalogueNodes(BASE, SERIES)

  it('breaks no shape of DCAT-AP', async () => {
    expect(await violations(nodes)).toEqual([])
  })

  it('would be caught without a licence or with a licence in the wrong place', async () => {
    const without = (predicate: string) =>
      nodes.map((node) => ({ ...node, properties: node.properties.filter(([name]) => name !== predicate) }))
    expect((await violations(without('dct:license'))).length).toBe(6)
    expect((await violations(without('spdx:checksum'))).length).toBe(6)
    expect((await violations(without('dcat:accessURL'))).length).toBe(6)
  })

  it('says the same in Turtle and in JSON-LD, whatever the words hold', async () => {
    const quads = (await jsonld.toRDF(JSON.parse(toJsonLd(nodes)), {
      format: 'application/n-quads',
    })) as unknown as string
    const options = {
      format: 'application/n-quads',
      inputFormat: 'application/n-quads',
      algorithm: 'RDFC-1.0',
    } as never
    const canonical = (text: string) => jsonld.canonize(text as never, options)
    const turtle = [...parsed(toTurtle(nodes))].map(nquad).join('')
    expect(await canonical(turtle)).toBe(await canonical(quads))
    expect(await canonical(turtle)).toContain('漢')
  })

  it('has a series for each dataset and in it one dataset a vigencia, what was withdrawn left out', () => {
    const store = parsed(toTurtle(nodes))
    const of = (type: string) =>
      store.getSubjects('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', `http://www.w3.org/ns/dcat#${type}`, null)
    const ids = (type: string) =>
      of(type)
        .map(({ value }) => value.replace(`${BASE}/datos-abiertos/`, ''))
        .sort()
    expect(ids('DatasetSeries')).toEqual(['leticia-encuesta', 'santa-marta-pqrsd'])
    expect(ids('Dataset')).toEqual([
      ...['leticia-encuesta#vigencia-2026', 'santa-marta-pqrsd#vigencia-2025', 'santa-marta-pqrsd#vigencia-2026'],
    ])
    expect(ids('Distribution')).toHaveLength(6)
  })

  it('leads back to the vigencia before, except across a break that nobody has bridged', () => {
    const changes = [{ kind: 'option_added' as const, code: 'centro', label: 'Centro poblado' }]
    const crosswalk = { from: 1, to: 2, pairs: [], conversion: null, note: 'Eran zona rural.', approvedAt: new Date(0) }
    const linkAnd = (broken: boolean) => {
      const [newest, ...others] = SERIES[0]?.releases ?? []
      const found = [{ from: 1, to: 2, changes, crosswalk: broken ? null : crosswalk }]
      const variable = { code: 'zona', name: 'Zona', refused: broken ? found : [], bridged: broken ? [] : found }
      const comparison = { vigencia: 2025, variables: [variable] }
      const series = {
        ...(SERIES[0] as CatalogueSeries),
        releases: [{ ...(newest as CatalogueRelease), comparison }, ...others],
      }
      const store = parsed(toTurtle(catalogueNodes(BASE, [series])))
      const said = store.getObjects(null, 'http://www.w3.org/2004/02/skos/core#changeNote', null)
      const files = store
        .getObjects(null, 'http://purl.org/dc/terms/relation', null)
        .map(({ value }) => value.split('.').pop())
      const prev = store.countQuads(null, 'http://www.w3.org/ns/dcat#prev', null, null)
      return [prev, ...said.map(({ value }) => value), ...files]
    }
    expect(linkAnd(true)).toEqual([
      0,
      'No compare «Zona» con la vigencia 2025: cambió lo que significa. Apareció el valor «Centro poblado».',
    ])
    expect(linkAnd(false)).toEqual([
      1,
      '«Zona» se compara con la vigencia 2025 con una tabla de correspondencia aprobada: Eran zona rural.',
      ...['csv', 'json'],
    ])
  })

  it('knows the URI of every frequency the form offers', () => {
    const uris = FREQUENCIES.map(({ label }) => frequencyUri(label).split('/').at(-1))
    expect(uris.filter((uri) => uri === 'OTHER')).toHaveLength(2)
    expect(new Set(uris).size).toBe(uris.length - 1)
  })
})

/** One quad as N-Quads writes it. */
function nquad(quad: { subject: Term; predicate: Term; object: Term }): string {
  return `${[quad.subject, quad.predicate, quad.object].map(term).join(' ')} .\n`
}

interface Term {
  termType: string
  value: string
  language?: string
  datatype?: { value: string }
}

function term({ termType, value, language, datatype }: Term): string {
  if (termType === 'NamedNode') return `<${value}>`
  if (termType === 'BlankNode') return `_:${value}`
  const quoted = JSON.stringify(value).replace(/\\u[0-9a-f]{4}/g, (written) =>
    written.toUpperCase().replace('\\U', '\\u'),
  )
  return language ? `${quoted}@${language}` : `${quoted}^^<${datatype?.value}>`
}

describe('the feed', () => {
  it('is well-formed whatever the words hold', () => {
    const at = new Date('2026-01-02T03:04:05Z')
    const entry = {
      id: 'x',
      title: NASTY,
      author: 'A & B',
      summary: ']]> <script>',
      link: 'https://a/?a=1&b=2',
      state: 'Publicada',
    }
    const feed = { id: 'https://a/', title: 'T', subtitle: 'S', self: 'https://a/f', page: 'https://a/p' }
    const text = toAtom({ ...feed, entries: [{ ...entry, publishedAt: at, updatedAt: at }] })
    expect(text).toContain('A &amp; B')
    expect(text).toContain(']]&gt; &lt;script&gt;')
    expect(text).not.toContain('\u0001')
    const tags = [...text.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].filter(([, , , closed]) => !closed)
    const opened: string[] = []
    for (const [, closes, name] of tags) {
      if (closes) expect(opened.pop()).toBe(name)
      else opened.push(name ?? '')
    }
    expect(opened).toEqual([])
  })
})
