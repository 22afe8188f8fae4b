/** Every sentence on screen stands in app/text: pages and components hold no words of their own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['app/routes', 'app/components', 'app/root.tsx', 'app/entry.server.tsx', 'app/entry.client.tsx']

/** What a person reads or hears. */
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
  ],
])
const LETTERS = /\p{L}{2,}/u
/** Looks like a sentence wherever it stands: capital letter, words, a blank between them, or a letter of Spanish alone. */
const SENTENCE = /^[\p{Lu}¿¡«].*\p{L}\s+\p{L}{2,}|[áéíóúñ¿¡]/u

function sources(): string[] {
  return FOLDERS.flatMap((folder) => {
    if (folder.endsWith('.tsx')) return [folder]
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    return files.filter((file) => /\.tsx?$/.test(file)).map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
  })
}

/** Words written into the code of a page, with their line. */
function hardCoded(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const note = (node: ts.Node, words: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push(`${file} line ${line + 1}: ${words.trim()}`)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isJsxText(node) && LETTERS.test(node.text)) note(node, node.text)
    const words = wordsOf(node)
    if (words !== undefined && (SENTENCE.test(words) || (isSpoken(node) && LETTERS.test(words)))) note(node, words)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text
  return undefined
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
  return (
    ts.isParenthesizedExpression(parent) ||
    ts.isTemplateExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    (ts.isTemplateHead(node) && ts.isTemplateExpression(parent))
  )
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
    expect(
      hardCoded('fine.tsx', `const page = <p className={on ? 'card wide' : ''} lang="es">{text.title}</p>`),
    ).toEqual([])
  })

  it('all come from app/text', () => {
    const files = sources()
    expect(files.length).toBeGreaterThan(80)
    expect(files.flatMap((file) => hardCoded(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
})
