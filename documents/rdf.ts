/** A small graph written as JSON-LD and as Turtle: the same nodes, so the two can never say different things. */

const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** Addresses of this kind are written short in JSON-LD: a large catalogue names them many thousand times. */
const AUTHORITY = { name: 'eu', address: 'http://publications.europa.eu/resource/authority/' }
const CONTEXT = { ...PREFIXES, [AUTHORITY.name]: AUTHORITY.address }

type Name = `${keyof typeof PREFIXES}:${string}`

export type Value =
  | { iri: string }
  | { text: string; lang?: 'es' }
  | { text: string; type: Name }
  /** A resource of its own without an address. */
  | Node

export interface Node {
  /** Address; absent for a resource only its subject knows. */
  id?: string
  type: Name
  properties: [predicate: Name, value: Value][]
}

export const iri = (address: string): Value => ({ iri: address })
export const words = (text: string): Value => ({ text, lang: 'es' })
export const plain = (text: string): Value => ({ text })
export const typed = (text: string, type: Name): Value => ({ text, type })

/** How a graph is written: its nodes one after another, so that what was written of some of them can be kept. */
export interface Writing {
  open: string
  node: (node: Node) => string
  between: string
  close: string
}

export const JSON_LD: Writing = {
  open: `{"@context":${JSON.stringify(CONTEXT)},"@graph":[`,
  node: (node) => JSON.stringify(jsonNode(node)),
  between: ',',
  close: ']}\n',
}

/** A whole graph from its nodes as `writing` writes them. */
export const graphOf = ({ open, between, close }: Writing, nodes: readonly string[]): string =>
  `${open}${nodes.join(between)}${close}`

export const toJsonLd = (nodes: readonly Node[]): string => graphOf(JSON_LD, nodes.map(JSON_LD.node))

/** The same as an object, to stand inside a page. */
export function jsonLdOf(nodes: readonly Node[]): Record<string, unknown> {
  return { '@context': CONTEXT, '@graph': nodes.map(jsonNode) }
}

function jsonNode({ id, type, properties }: Node): Record<string, unknown> {
  const node: Record<string, unknown> = { ...(id === undefined ? {} : { '@id': id }), '@type': type }
  for (const [predicate, value] of properties) {
    const one = jsonValue(value)
    const known = node[predicate]
    node[predicate] = known === undefined ? one : Array.isArray(known) ? [...known, one] : [known, one]
  }
  return node
}

const short = (iri: string) =>
  iri.startsWith(AUTHORITY.address) ? `${AUTHORITY.name}:${iri.slice(AUTHORITY.address.length)}` : iri

function jsonValue(value: Value): unknown {
  if ('iri' in value) return { '@id': short(value.iri) }
  if ('properties' in value) return jsonNode(value)
  if ('type' in value) return { '@value': value.text, '@type': value.type }
  return value.lang ? { '@value': value.text, '@language': value.lang } : { '@value': value.text }
}

export const TURTLE: Writing = {
  open: `${Object.entries(PREFIXES)
    .map(([name, address]) => `@prefix ${name}: <${address}> .`)
    .join('\n')}\n\n`,
  node: (node) => `${node.id === undefined ? '[]' : address(node.id)} ${predicates(node, '  ')} .`,
  between: '\n\n',
  close: '\n',
}

export const toTurtle = (nodes: readonly Node[]): string => graphOf(TURTLE, nodes.map(TURTLE.node))

function predicates({ type, properties }: Node, indent: string): string {
  const lines = properties.map(([predicate, value]) => `${predicate} ${turtleValue(value, indent)}`)
  return [`a ${type}`, ...lines].join(` ;\n${indent}`)
}

function turtleValue(value: Value, indent: string): string {
  if ('iri' in value) return address(value.iri)
  if ('properties' in value) return `[ ${predicates(value, `${indent}  `)} ]`
  const literal = `"${escaped(value.text)}"`
  if ('type' in value) return `${literal}^^${value.type}`
  return value.lang ? `${literal}@${value.lang}` : literal
}

/** Characters an address may not carry are written by their numbers (RDF 1.1 Turtle, IRIREF). */
function address(text: string): string {
  return `<${text.replace(/[\p{Cc} <>"{}|^`\\]/gu, (character) => encodeURIComponent(character))}>`
}

const ESCAPES: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) => ESCAPES[character] ?? unicodeEscape(character))
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
}
