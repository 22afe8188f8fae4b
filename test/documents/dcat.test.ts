import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import jsonld from 'jsonld'
import { Parser, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { describe, expect, it } from 'vitest'
import { frequencyUri } from '../../catalog/dcat-uris.ts'
import { FREQUENCIES } from '../../catalog/forms/choices.ts'
import { toAtom } from '../../documents/atom.ts'
import type { CatalogueRelease, CatalogueSeries } from '../../documents/catalogue-content.ts'
import { catalogueNodes } from '../../documents/dcat.ts'
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
    withdrawn: status === 'withdrawn' ? { at: new Date(Date.UTC(2026, 5, version)), reason: NASTY } : null,
    files:
      status !== 'withdrawn'
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
const shapesIn = (name: string) => parsed(readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'))
const OWN = shapesIn('./dcat-shapes.ttl')
const PROFILE = shapesIn('./dcat-ap.ttl')

/** What the shapes object to, in words, apart into what must and what should be. */
async function objections(nodes: readonly Node[], shapes = OWN): Promise<{ must: string[]; should: string[] }> {
  const report = await new SHACLValidator(shapes as never).validate(parsed(toTurtle(nodes)) as never)
  const said = (wanted: string) =>
    report.results.flatMap(({ severity, focusNode, path, message }) =>
      severity?.value.endsWith(wanted)
        ? [`${focusNode?.value} ${path?.value} ${message.map(({ value }) => value)}`]
        : [],
    )
  return { must: said('Violation'), should: said('Warning') }
}
const violations = async (nodes: readonly Node[]) => (await objections(nodes)).must
const nameIn = (uri = '') => uri.split(/[#/]/).at(-1) ?? ''

describe('the catalogue', () => {
  const nodes = catalogueNodes(BASE, SERIES)

  it('breaks no shape of DCAT-AP 3.0, and leaves out nothing recommended but what nobody has decided', async () => {
    const { must, should } = await objections(nodes, PROFILE)
    expect(must).toEqual([])
    const left = should.map((line) => ({ of: line.split(' ')[0] ?? '', property: nameIn(line.split(' ')[1]) }))
    // The outline of a municipality, the licence of the catalogue itself, what kind of publisher and of licence.
    expect([...new Set(left.map(({ property }) => property))].sort()).toEqual([
      ...['bbox', 'centroid', 'distribution', 'license', 'type'],
    ])
    const of = (property: string) => left.filter((one) => one.property === property).map((one) => one.of)
    expect(of('distribution')).toEqual([`${BASE}/datos-abiertos/retirado#vigencia-2026`])
    expect(of('license')).toEqual([`${BASE}/datos-abiertos`])
    expect(await violations(nodes)).toEqual([])
  })

  it('would be caught by the profile without any of what it asks for', async () => {
    const asked = [...PROFILE.getSubjects('http://www.w3.org/ns/shacl#minCount', null, null)]
      .filter((shape) => PROFILE.countQuads(shape, 'http://www.w3.org/ns/shacl#severity', null, null) === 0)
      .flatMap((shape) => PROFILE.getObjects(shape, 'http://www.w3.org/ns/shacl#path', null).map(({ value }) => value))
    expect(new Set(asked).size).toBeGreaterThan(7)
    for (const property of new Set(asked))
      expect([property, (await objections(without(nodes, nameIn(property)), PROFILE)).must.length > 0]).toEqual([
        ...[property, true],
      ])
  })

  it('would be caught without a licence or with a licence in the wrong place', async () => {
    expect((await violations(without(nodes, 'license'))).length).toBe(10)
    expect((await violations(without(nodes, 'checksum'))).length).toBe(10)
    expect((await violations(without(nodes, 'accessURL'))).length).toBe(10)
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

  it('has a series for each dataset, in it one dataset a vigencia, and every former version as it was published', () => {
    const store = parsed(toTurtle(nodes))
    const of = (type: string) =>
      store.getSubjects('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', `http://www.w3.org/ns/dcat#${type}`, null)
    const ids = (type: string) =>
      of(type)
        .map(({ value }) => value.replace(`${BASE}/datos-abiertos/`, ''))
        .sort()
    expect(ids('DatasetSeries')).toEqual(['leticia-encuesta', 'retirado', 'santa-marta-pqrsd'])
    expect(ids('Dataset')).toEqual([
      ...['leticia-encuesta#vigencia-2026', 'retirado#vigencia-2026', 'santa-marta-pqrsd#vigencia-2025'],
      ...['santa-marta-pqrsd#vigencia-2026', 'santa-marta-pqrsd/1#conjunto', 'santa-marta-pqrsd/3#conjunto'],
    ])
    expect(ids('Distribution')).toHaveLength(10)
    const linked = store.getObjects(null, 'http://www.w3.org/ns/dcat#hasVersion', null).map(({ value }) => value)
    expect(linked.sort()).toEqual(
      [1, 3].map((version) => `${BASE}/datos-abiertos/santa-marta-pqrsd/${version}#conjunto`),
    )
  })

  it('keeps of a withdrawn version what it was, when it was public and why no more, without files', () => {
    const store = parsed(toTurtle(nodes))
    const of = (predicate: string) =>
      store.getObjects(`${BASE}/datos-abiertos/retirado#vigencia-2026`, predicate, null).map(({ value }) => value)
    const [dct, adms] = ['http://purl.org/dc/terms/', 'http://www.w3.org/ns/adms#']
    expect(of(`${adms}status`).map(nameIn)).toEqual(['WITHDRAWN'])
    expect([...of(`${dct}title`), ...of(`${dct}description`)]).toEqual(['PQRSD por canal, vigencia 2026', NASTY])
    expect([...of(`${dct}issued`), ...of(`${dct}modified`)]).toEqual([
      ...['2026-01-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'],
    ])
    expect(of('http://www.w3.org/2004/02/skos/core#changeNote').join()).toContain(`Motivo: ${NASTY}`)
    expect(of('http://www.w3.org/ns/dcat#distribution')).toEqual([])
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

/** The same nodes without a property, wherever it stands. */
function without(nodes: readonly Node[], property: string): Node[] {
  return nodes.map((node) => ({
    ...node,
    properties: node.properties.flatMap(([name, value]): Node['properties'] => {
      if (name.endsWith(`:${property}`)) return []
      return [[name, 'properties' in value ? (without([value], property)[0] ?? value) : value]]
    }),
  }))
}

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
