/** Where in a database a text went: every string of every column of every table that has a mark. */
import pg from 'pg'

/** By `table.column`, strings inside documents of JSON among them. `url` must be of somebody who reads every row. */
export async function textsWith(url: string, mark: string): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string; quoted: string }>(
      `select relname as name, quote_ident(relname) as quoted from pg_class c join pg_namespace n on n.oid = relnamespace
       where n.nspname = 'public' and relkind = 'r'`,
    )
    for (const { name, quoted } of tables) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${quoted} t where to_jsonb(t)::text like $1`,
        [`%${mark}%`],
      )
      for (const [column, value] of rows.flatMap(({ row }) => Object.entries(row)))
        for (const text of stringsIn(value).filter((one) => one.includes(mark) && !isDocument(one)))
          found.set(`${name}.${column}`, (found.get(`${name}.${column}`) ?? new Set()).add(text))
    }
  } finally {
    await client.end()
  }
  return found
}

const isDocument = (text: string) => /^[[{]/.test(text)

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...(isDocument(value) ? stringsIn(parsed(value)) : [])]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
