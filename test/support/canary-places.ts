/** Everything the product writes down or sends out, each piece with the place it stands in. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import type { Receiver } from './collector.ts'
import { rowsOf } from './database.ts'
import { everyHistory } from './histories.ts'
import { readable } from './readable.ts'
import type { TestSmtp } from './smtp.ts'
import type { System } from './system.ts'

export interface Watched {
  system: System
  smtp: TestSmtp
  receiver: Receiver
}

interface Place {
  where: string
  text: string
}

/** Answers where something was found, and what: `event.changes of 0190…: name`. */
export async function sweep(watched: Watched, find: (text: string) => string[]): Promise<string[]> {
  const found: string[] = []
  for (const places of [logs, mails, forwarded, metrics, keptFiles, histories, rowsOfTables])
    for await (const { where, text } of places(watched)) {
      const names = find(text)
      if (names.length > 0) found.push(`${where}: ${names.join(', ')}`)
    }
  return found
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))

async function* logs({ system }: Watched): AsyncGenerator<Place> {
  for (const file of filesUnder(join(system.dataDir, 'logs')))
    for (const [i, text] of readFileSync(file, 'utf8').split('\n').entries())
      yield { where: `log ${relative(system.dataDir, file)} line ${i + 1}`, text }
}

async function* mails({ smtp }: Watched): AsyncGenerator<Place> {
  for (const { messageId, whole } of smtp.received) yield { where: `mail ${messageId}`, text: whole }
}

async function* forwarded({ receiver }: Watched): AsyncGenerator<Place> {
  for (const [i, { headers, body }] of receiver.batches.entries())
    yield { where: `forwarded batch ${i + 1}`, text: `${JSON.stringify(headers)}\n${body}` }
}

async function* metrics({ system }: Watched): AsyncGenerator<Place> {
  const answer = await fetch(`${system.url}/metrics`)
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`)
  yield { where: 'metrics', text: await answer.text() }
}

/** Of names and contents alike; what is sealed says nothing to whoever has no key. */
async function* keptFiles({ system }: Watched): AsyncGenerator<Place> {
  for (const file of filesUnder(system.dataDir)) {
    const name = relative(system.dataDir, file)
    if (!name.startsWith('logs'))
      yield { where: `file ${name}`, text: `${name}\n${await readable(readFileSync(file))}` }
  }
}

async function* histories({ system }: Watched): AsyncGenerator<Place> {
  const connection = await Connection.connect({ address: system.temporalAddress })
  try {
    const client = new Client({ connection, namespace: system.namespace })
    for await (const { workflowId, text } of everyHistory(client)) yield { where: `workflow ${workflowId}`, text }
  } finally {
    await connection.close()
  }
}

/** Events, traces of writes, mail that waits: every column of every row. */
async function* rowsOfTables({ system: { superuserUrl } }: Watched): AsyncGenerator<Place> {
  const tables = await rowsOf<{ name: string }>(
    superuserUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  for (const { name } of tables) {
    const rows = await rowsOf<{ row: Record<string, unknown> }>(
      superuserUrl,
      `select to_jsonb(t) as row from "${name}" t`,
    )
    for (const { row } of rows)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' || typeof value === 'object')
          yield { where: `${name}.${column} of ${row.id}`, text: JSON.stringify(value) }
  }
}
