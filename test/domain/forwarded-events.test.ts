import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { CAPTURE_DEFINITIONS } from '../../catalog/capture/index.ts'
import { isOwnField } from '../../domain/event-fields.ts'
import { forwardedEvent, type SealedFacts } from '../../domain/forwarded-events.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const FACTS: SealedFacts = {
  ...{ sequence: 7, leaf: 'ab', id: '0b6e3a4e-0000-7000-8000-000000000001', at: '2026-11-28T05:00:00.000000Z' },
  ...{ type: 'source.columns_changed', entityId: '0b6e3a4e-0000-7000-8000-000000000002', objectType: 'source' },
  ...{ objectId: '0b6e3a4e-0000-7000-8000-000000000003', objectVersion: null, contentHash: null, origin: 'web' },
  ...{ actorPerson: null, actorPosition: null, actingFor: null, reasonCode: null, purposeCode: null, cycleId: null },
  ...{ stepCode: null, actId: null, requestId: null, workflowId: null, fields: [] },
}
const changed = (...fields: string[]) => forwardedEvent({ ...FACTS, fields }).data.caracteriza?.changed

it('names what changed as the product does, and as nobody’s file or form does', () => {
  const answer = CAPTURE_DEFINITIONS[0]?.groups[0]?.fields[0]?.code ?? expect.fail('no field')
  expect(changed('renamed', 'secret', 'minimum_cell', answer)).toEqual(['renamed', 'secret', 'minimum_cell', answer])
  // Each is shaped like a code: the name of a column, a document, a person, what every object answers to.
  expect(changed('MariaPerez', '1082900123', 'maria.perez', 'grupo.correo', 'constructor', '')).toEqual([])
})

it('knows every name that is written down where events are recorded', () => {
  const files = ['db', 'activities', 'app/commands'].flatMap((folder) =>
    globSync(`${folder}/**/*.ts`, { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8')),
  )
  // What is beside a field of a form, and said to whoever filled it in, has a code of its own.
  const named = files.flatMap((text) => [...text.matchAll(/(?:field: |[cC]hange\()'([a-z_]+)'(?!, code)/g)])
  const names = new Set(named.map(([, name]) => name ?? ''))
  expect(names.size).toBeGreaterThan(80)
  expect([...names].filter((name) => !isOwnField(name))).toEqual([])
})

it('leaves out what is no code, hash or id', () => {
  const { data } = forwardedEvent({ ...FACTS, reasonCode: 'Porque sí', purposeCode: 'control', workflowId: 'María' })
  expect(data.event).not.toHaveProperty('reason')
  expect(data.caracteriza).not.toHaveProperty('workflow')
  expect(data.caracteriza?.purpose).toBe('control')
})
