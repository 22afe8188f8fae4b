/** The import matrix of docs (design §4) as a check: every folder can be read without opening the ones to its right. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { root } from './web-build.ts'

const DELIVERY = 'workflows/delivery.ts'
const TELLINGS = 'workflows/tellings.ts'
const HISTORIES = 'workflows/histories.ts'
const SCHEDULES = 'workflows/schedules.ts'
const CONTROL_SCHEDULES = 'workflows/control-schedules.ts'

/** What each folder may import of the project. An entry may be a folder or one file. */
const MAY: Record<string, string[]> = {
  domain: ['domain', 'catalog'],
  catalog: ['domain', 'catalog'],
  // What a stranger runs in an empty folder: nothing but itself and Node (docs/decisions/0049).
  verifier: ['verifier'],
  documents: ['documents', 'domain', 'catalog', 'app/text'],
  db: ['db', 'domain', 'catalog', 'documents', 'verifier'],
  activities: [
    ...['activities', 'db', 'domain', 'catalog', 'documents', 'app/text', 'verifier'],
    ...['workflows/messages.ts', DELIVERY, TELLINGS, HISTORIES, SCHEDULES, CONTROL_SCHEDULES],
  ],
  workflows: ['workflows', 'domain', 'catalog'],
  // Never bundled: how web and courier send an act (docs/decisions/0002), and what starts by the calendar (0037).
  [DELIVERY]: ['workflows/messages.ts', TELLINGS, 'domain'],
  [TELLINGS]: ['workflows/messages.ts', 'domain'],
  // Nor this: how web and worker read what Temporal keeps (docs/decisions/0002).
  [HISTORIES]: [],
  [SCHEDULES]: ['workflows/messages.ts', 'domain'],
  [CONTROL_SCHEDULES]: ['workflows/messages.ts', SCHEDULES, 'domain'],
  'app/text': ['app/text', 'domain', 'catalog'],
  'app/components': ['app/components', 'app/text', 'domain', 'catalog'],
  app: [
    'app',
    'db',
    'domain',
    'catalog',
    'documents',
    'verifier',
    'workflows/messages.ts',
    DELIVERY,
    TELLINGS,
    HISTORIES,
  ],
}
/** Folders that take only these packages; those that stay pure take no Node built-ins either. */
const PACKAGES: Record<string, string[]> = {
  domain: ['zod', '@casl/ability'],
  catalog: ['zod'],
  workflows: ['@temporalio/workflow', '@temporalio/common'],
  verifier: ['node:buffer', 'node:crypto', 'node:fs', 'node:path', 'node:process', 'node:util', 'node:zlib'],
}
const CLOCK = 'db/clock.ts'
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"\n;]*?(?:\n[^'";]*?)?from\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

interface Source {
  path: string
  folder: string
  text: string
}

function sources(): Omit<Source, 'folder'>[] {
  const tops = new Set(Object.keys(MAY).map((folder) => folder.split('/')[0] ?? ''))
  return [...tops].flatMap((top) =>
    readdirSync(join(root, top), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
}

function folderOf(path: string): string {
  if (path in MAY) return path
  const [top = '', second = ''] = path.split('/')
  return `${top}/${second}` in MAY ? `${top}/${second}` : top
}

function isWithin(path: string, allowed: string): boolean {
  return path === allowed || path.startsWith(`${allowed}/`)
}

function importFaults({ path, folder, text }: Source): string[] {
  const faults: string[] = []
  for (const [, isType, from, bare, dynamic] of text.matchAll(IMPORT)) {
    const target = from ?? bare ?? dynamic ?? ''
    if (!target.startsWith('.')) {
      const pure = PACKAGES[folder]
      const isAllowed = !pure || pure.some((name) => isWithin(target, name))
      if (!isAllowed && !isType) faults.push(`${path}: ${folder}/ does not import ${target}`)
      continue
    }
    const file = relative(root, resolve(join(root, dirname(path)), target))
      .split(sep)
      .join('/')
    // Proofs and scripts read the modules of the server as they stand: Node takes the types off and knows no JSX.
    if (path.endsWith('.ts') && target.endsWith('.tsx') && !isType)
      faults.push(`${path}: a value of ${file} stands in a .ts file`)
    // Workflows know the activities by their types only.
    if (folder === 'workflows' && isType && isWithin(file, 'activities')) continue
    // Components name the shape of what their page was given; types never reach a browser.
    if (folder === 'app/components' && isType && (isWithin(file, 'app') || isWithin(file, 'db'))) continue
    if (file.startsWith('..') || MAY[folder]?.some((allowed) => isWithin(file, allowed))) continue
    if (file.startsWith('build/') || !(file.split('/')[0] ?? '').match(/^[a-z]+$/)) continue
    faults.push(`${path}: ${folder}/ does not import ${file}`)
  }
  return faults
}

/** One clock (model.md §6): the machine's is asked in `db/clock.ts` only; workflows have their own `Date.now()`. */
function clockFaults({ path, folder, text }: Source): string[] {
  if (path === CLOCK || path.startsWith('db/migrations/')) return []
  const faults: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const code = line.replace(/^\s*(\*|\/\/|\/\*).*$/, '')
    const isAsked =
      /new Date\(\)/.test(code) ||
      (!['workflows', DELIVERY, TELLINGS, HISTORIES].includes(folder) && /\bDate\.now\(\)/.test(code))
    const isSql = folder !== 'app' && /[^_.\w]now\(\)/i.test(code) && !/performance/.test(code)
    if (isAsked || isSql) faults.push(`${path}:${index + 1}: asks a clock other than appNow() or app_now()`)
  }
  return faults
}

/** SQL stands in `db/`; scripts and tests, which no person uses, may look for themselves. */
function sqlFaults({ path, folder, text }: Source): string[] {
  const isBuilt = /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql(<[^`]*>)?`/.test(text)
  return isBuilt && folder !== 'db' ? [`${path}: ${folder}/ builds no SQL, db/ does`] : []
}

/** Violations of one file, given as path from the root and text. */
export function faultsOf(path: string, text: string): string[] {
  const source = { path, folder: folderOf(path), text }
  return [...importFaults(source), ...clockFaults(source), ...sqlFaults(source)]
}

/** Every violation, one sentence each; empty when the matrix holds. */
export function importMatrixFaults(): string[] {
  return sources().flatMap(({ path, text }) => faultsOf(path, text))
}
