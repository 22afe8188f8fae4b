/** Compiles Typst to an accessible PDF (PDF/UA-1) with the compiler's own fonts. */
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'

export interface TypstSource {
  template: string
  /** Read by the template as `/report.json`. */
  data: unknown
  /** SVG text or PNG bytes by name, read as `/name`. */
  pictures: Record<string, string | Buffer>
  /** ISO instant written as the PDF's creation date; the same input gives the same bytes. */
  createdAt: string
}

/** Nothing is read from disk: this folder does not exist, everything stands in the compiler's memory. */
const ROOT = '/caracteriza-report'

/**
 * PDF bytes. A character no font can show is printed as its code point, as PDF/UA forbids empty boxes.
 * Throws when the template or a picture is refused.
 */
export function compilePdf(source: TypstSource): Buffer {
  const creationTimestamp = Math.floor(Date.parse(source.createdAt) / 1000)
  return shownBy(source, (document) => compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp }))
}

/** The pages one below the other as one SVG. */
export function compileSvg(source: TypstSource): string {
  return shownBy(source, (document) => compiler.plainSvg(document))
}

function shownBy<T>(source: TypstSource, give: Give<T>): T {
  try {
    return compile(source, give, (text) => text)
  } catch (failure) {
    if (!String(failure).includes('could not be displayed')) throw failure
    return compile(source, give, spelledOut)
  }
}

type Give<T> = (document: NodeTypstDocument) => T

/** One for all, as reading the fonts takes a good part of a short document's time. */
const compiler = NodeCompiler.create({ workspace: ROOT })
/** Of what was laid out for this many earlier documents, what none has asked for since is forgotten: memory stays bounded. */
const KEPT_DOCUMENTS = 2

function compile<T>(source: TypstSource, give: Give<T>, show: (text: string) => string): T {
  try {
    return compiledOnce(source, give, show)
  } finally {
    compiler.resetShadow()
    compiler.evictCache(KEPT_DOCUMENTS)
  }
}

function compiledOnce<T>(source: TypstSource, give: Give<T>, show: (text: string) => string): T {
  compiler.addSource(`${ROOT}/main.typ`, source.template)
  const data = JSON.stringify(source.data, (_, value) => (typeof value === 'string' ? show(printable(value)) : value))
  compiler.mapShadow(`${ROOT}/report.json`, Buffer.from(data))
  for (const [name, picture] of Object.entries(source.pictures)) {
    const bytes = typeof picture === 'string' ? Buffer.from(show(printable(picture))) : picture
    compiler.mapShadow(`${ROOT}/${name}`, bytes)
  }
  const compiled = compiler.compile({ mainFilePath: `${ROOT}/main.typ` })
  const document = compiled.result
  if (!document || compiled.hasError()) {
    const error = compiled.takeError()
    throw new Error(`report does not compile: ${JSON.stringify(error && compiler.fetchDiagnostics(error))}`)
  }
  return give(document)
}

/**
 * Control characters are no text, and direction overrides could make a signed page read differently from its content: both
 * are printed as their code point, so that what was typed neither acts nor vanishes.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, codePointOf)
}

/** Everything beyond the letters and marks the built-in fonts certainly have becomes `[U+6F22]`. */
export function spelledOut(text: string): string {
  return text.replaceAll(
    /[^\n\t\u0020-\u007E\u00A0-\u017F\u2010-\u2015\u2018-\u201E\u2022\u2026\u2030\u20AC\u2190-\u2193\u2212\u2260\u2264\u2265]/gu,
    codePointOf,
  )
}

const codePointOf = (character: string) =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
