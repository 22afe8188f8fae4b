/** What a person is told of a file that is not taken (issue 4, bad input): why, where, and what to do with it. */
import { expect, it } from 'vitest'
import { fileRefusalSentence } from '../../app/text/file-refusals.ts'
import { tableWarningsText } from '../../app/text/table-warnings.ts'
import type { FileRefusal } from '../../domain/sources.ts'
import type { TableWarning } from '../../domain/table-warnings.ts'

it.each<[string, FileRefusal, RegExp]>([
  ['zip bomb', { code: 'zip_bomb' }, /se expande .* no se abre\. Guarde la hoja como CSV/],
  ['nested zip or `../` name', { code: 'unsafe_zip' }, /otros archivos o rutas .* no se abre\. Guárdelo como CSV/],
  ['XML entities', { code: 'xml_entities' }, /define entidades XML.* Guárdelo de nuevo como \.xlsx/],
  ['encrypted workbook', { code: 'encrypted' }, /tiene contraseña\. Ábralo en Excel, quite la contraseña/],
  ['macro workbook', { code: 'macros' }, /tiene macros .* Guárdelo como Libro de Excel \(\.xlsx\)/],
  ['workbook with links', { code: 'external_links' }, /vínculos a otros archivos.* Romper vínculo/],
  ['workbook of Excel 97', { code: 'old_excel' }, /Excel 97-2003.* Guardar como, tipo Libro de Excel/],
  ['a million columns', { code: 'too_many_columns' }, /más de 499 columnas/],
  ['a million named columns', { code: 'line_too_long', line: 1 }, /línea de más de 1 MB \(línea 1\)/],
  ['damaged UTF-16', { code: 'undecodable', line: 3, column: 2 }, /UTF-16\) \(línea 3, columna 2\)\. Guarde .* UTF-8/],
  ['lying sizes', { code: 'damaged_workbook', line: 7 }, /dañado o incompleto \(línea 7\)\. Ábralo en Excel, guárdelo/],
  ['more than 2 GB', { code: 'too_large' }, /más de 2 GB\. Divídalo/],
  ['too slow to look at', { code: 'too_slow' }, /más tiempo o memoria de la permitida.* CSV UTF-8/],
  ['NUL bytes', { code: 'nul_byte', line: 2, column: 3 }, /bytes nulos .*\(línea 2, columna 3\)/],
])('of a file with %s', (_kind, refusal, sentence) => {
  expect(fileRefusalSentence(refusal)).toMatch(sentence)
})

const PLACE = { line: 4, column: 'Total', literal: '338.143' }

it.each<[TableWarning, RegExp]>([
  [{ kind: 'total_differs', expected: 338_142, ...PLACE }, /no es la suma de sus partes, que da 338\.142/],
  [{ kind: 'share_truncated', expected: 87.7, ...PLACE }, /cortado y no redondeado: redondeado es 87,7 %/],
  [{ kind: 'share_differs', expected: 27.36, ...PLACE }, /no es el de sus partes, que da 27,36 %/],
  [{ kind: 'row_repeated', line: 4, first: 2, literal: 'a; 1' }, /repite la 2/],
  [
    { kind: 'periods_differ', expected: 4_271, other: 'Tabla 1', ...PLACE },
    /semestre no es la suma de sus trimestres en «Tabla 1», que da 4\.271/,
  ],
])('of a published table that does not agree: %o', (warning, sentence) => {
  expect(tableWarningsText.sentence(warning)).toMatch(sentence)
})
