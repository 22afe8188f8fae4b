/** The small nodes of a catalogue: who, where, when, and by which hash. */
import { iri, type Node, plain, typed, type Value, words } from './rdf.ts'

export const instant = (at: Date): Value => typed(at.toISOString(), 'xsd:dateTime')
export const agent = (name: string): Node => ({ type: 'foaf:Agent', properties: [['foaf:name', words(name)]] })

export function contact({ agency, email }: { agency: string; email: string }): Node {
  return {
    type: 'vcard:Kind',
    properties: [
      ['vcard:fn', words(agency)],
      ['vcard:hasEmail', iri(`mailto:${email}`)],
    ],
  }
}

/** By its DIVIPOLA code, which DANE gives every municipality. */
export function municipality({ divipola, entity }: { divipola: string; entity: string }): Node {
  return {
    type: 'dct:Location',
    properties: [
      ['dct:identifier', plain(divipola)],
      ['skos:notation', plain(divipola)],
      ['rdfs:label', words(`${entity} (DIVIPOLA ${divipola})`)],
    ],
  }
}

export function period(from: string, to: string): Node {
  return {
    type: 'dct:PeriodOfTime',
    properties: [
      ['dcat:startDate', typed(from, 'xsd:date')],
      ['dcat:endDate', typed(to, 'xsd:date')],
    ],
  }
}

export function checksum(sha256: string): Node {
  return {
    type: 'spdx:Checksum',
    properties: [
      ['spdx:algorithm', iri('http://spdx.org/rdf/terms#checksumAlgorithm_sha256')],
      ['spdx:checksumValue', typed(sha256, 'xsd:hexBinary')],
    ],
  }
}
