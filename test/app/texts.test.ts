/**
 * Every sentence on screen stands in app/text: no other folder holds words of its own. What is frozen, signed or
 * published is data and stands in catalog/.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['domain', 'db', 'activities', 'workflows', 'documents', 'app']

/** Files and folders that may hold words, and why. */
const EXCEPTIONS: Record<string, string> = {
  'app/text': 'the home of every sentence',
  'db/migrate.ts': 'printed on the console of whoever installs, before there is any screen',
  'domain/config.ts': 'faults of the configuration, printed on the same console',
  'db/ingest/cells.ts': 'what files write for yes and no: read, never shown',
  'domain/readability.ts': 'the vowels by which syllables are counted: read, never shown',
  'domain/typed-numbers.ts': 'what stands before a number of a norm or a date: read, never shown',
  'db/migrations/0025_report_templates.ts':
    'the name a template gets that had none; its entity sees it and may make another',
  'documents/report-page.ts': 'names of typefaces, as programs know them',
  'app/http/metrics.ts': 'descriptions of measurements, read by monitoring programs',
}

/** What a person reads or hears, as an attribute of an element or a property of an object. */
const SPOKEN = new Set([
  ...['label', 'title', 'placeholder', 'alt', 'legend', 'description', 'caption', 'error', 'helpText'],
  ...[
    'aria-label',
    'aria-description',
    'aria-roledescription',
    'aria-valuetext',
    'closeButtonLabel',
    'heading',
    'text',
    'message',
    'sentence',
  ],
])
const LETTERS = /\p{L}{2,}/u
const CAPITALIZED = /^[¿¡«]?\p{Lu}\p{Ll}/u
const SPANISH_LETTER = /[áéíóúüñÁÉÍÓÚÜÑ¿¡«»]/
/** A capital letter, words, a blank between them; a first word in capitals is SQL. */
const SENTENCE = /^[¿¡«]?\p{Lu}[\p{Ll}\s].*\p{L}\s+\p{L}{2,}|^[¿¡«]?\p{Lu}\p{Ll}*\s+\p{L}{2,}/su
/** Small words no English sentence and no query is made of: two of them are Spanish. */
const SMALL_WORDS =
  /(?<![\p{L}\w.])(?:de|el|la|los|las|un|una|del|que|con|para|por|en|se|su|es|al|sin|ya|esta|este)(?![\p{L}\w])/giu

const isIn = (file: string, path: string) => file === path || file.startsWith(`${path}/`)

function sources(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
}

const wordsIn = (file: string) => hardCoded(file, readFileSync(join(root, file), 'utf8'))

/** Words written into code, with their line. */
function hardCoded(file: string, text: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const found: string[] = []
  const note = (node: ts.Node, words: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${file} line ${line + 1}: ${words.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isJsxText(node) && LETTERS.test(node.text)) note(node, node.text)
    const words = wordsOf(node)
    if (words !== undefined && isForPeople(node, words)) note(node, words)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isForPeople(node: ts.Node, words: string): boolean {
  if (SPANISH_LETTER.test(words) || (words.match(SMALL_WORDS)?.length ?? 0) > 1) return true
  // An error that is thrown is a fault of the program: a person sees a reference number, the log its English words.
  if (isThrown(node)) return false
  return SENTENCE.test(words) || (isSpoken(node) && LETTERS.test(words)) || (isNamed(node) && CAPITALIZED.test(words))
}

function isThrown({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) && /Error$|Failure$/.test(parent.expression.getText())
}

/** The value of a property that is read out: `{ label: 'Segmento' }`. */
function isNamed(literal: ts.Node): boolean {
  let node = literal
  while (isPassedOn(node)) node = node.parent
  return ts.isPropertyAssignment(node.parent) && node.parent.name !== node && SPOKEN.has(node.parent.name.getText())
}

/** Of a text with gaps, the whole of it: its first words alone are no sentence yet. */
function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('')
}

/** Shown as it is: a child of an element, or the value of an attribute that is read out. */
function isSpoken(literal: ts.Node): boolean {
  let node = literal
  while (isPassedOn(node)) node = node.parent
  const { parent } = node
  if (ts.isJsxAttribute(parent)) return SPOKEN.has(parent.name.getText())
  if (!ts.isJsxExpression(parent)) return false
  const holder = parent.parent
  return ts.isJsxAttribute(holder) ? SPOKEN.has(holder.name.getText()) : true
}

/** The value of this expression is the value of the one around it: a branch, a part of a template, a bracket. */
function isPassedOn(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isConditionalExpression(parent)) return parent.condition !== node
  if (ts.isBinaryExpression(parent)) return passesOn(parent, node)
  return ts.isParenthesizedExpression(parent) || ts.isTemplateExpression(parent) || ts.isTemplateSpan(parent)
}

function passesOn(parent: ts.BinaryExpression, node: ts.Node): boolean {
  const { kind } = parent.operatorToken
  if (kind === ts.SyntaxKind.PlusToken) return true
  const isEither = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken
  return isEither || (kind === ts.SyntaxKind.AmpersandAmpersandToken && parent.right === node)
}

describe('the words on screen', () => {
  it('are found when they stand in a page', () => {
    const page = `export const Page = () => <p title="Nota" className="card wide">Hola {cond ? 'Sí' : rest} {x === 'no'}</p>`
    expect(hardCoded('page.tsx', page).map((one) => one.split(': ')[1])).toEqual(['Nota', 'Hola', 'Sí'])
    const answer = `throw new Response('No se encontró la página')`
    expect(hardCoded('answer.ts', answer)).toHaveLength(1)
  })

  it.each([
    "missing('figuras', 'lista', 'Agregue al menos un cruce de dos variables.')",
    `inRow('figuras', \`Figura \${n}: elija dos variables distintas.\`)`,
    "z.string('escriba el motivo para continuar')",
    "const axis = { variable: 'segmento', label: 'Segmento' }",
    "return value === 'si' ? 'Sí' : rest",
    "throw new Error('Esta base de datos no se admite')",
    "method: proved ? METHOD : 'Cuenta personal con sesión vigente'",
  ])('are found when a rule, a query or a command says %s', (line) => {
    expect(hardCoded('rule.ts', line)).toHaveLength(1)
  })

  it.each([
    "whyNot(permitted(actor), 'edit', 'Step', row)",
    `throw new Error(\`Table \${id} was not emitted for the public\`)`,
    `database.rows(\`SELECT year(min(\${name})) FROM \${from}\`)`,
    `sql\`select id, name as label from step where id = \${id} order by due_sort limit 1\``,
    "missing('figuras', 'lista', 'no_cross')",
    "context.log.error({ err }, 'request failed')",
  ])('are not seen in %s', (line) => {
    expect(hardCoded('rule.ts', line)).toEqual([])
  })

  it('are not seen in the names of styles and languages', () => {
    expect(
      hardCoded('fine.tsx', `const page = <p className={on ? 'card wide' : ''} lang="es">{text.title}</p>`),
    ).toEqual([])
  })

  it('all come from app/text', () => {
    const files = sources().filter((file) => !Object.keys(EXCEPTIONS).some((path) => isIn(file, path)))
    expect(files.length).toBeGreaterThan(300)
    expect(files.flatMap(wordsIn)).toEqual([])
  })

  it.each(Object.keys(EXCEPTIONS))('are still in %s, which is excepted', (path) => {
    expect(
      sources()
        .filter((file) => isIn(file, path))
        .flatMap(wordsIn),
    ).not.toEqual([])
  })
})
