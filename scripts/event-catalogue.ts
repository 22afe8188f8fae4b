/** Writes docs/events.md from the vocabulary of the record: `node scripts/run.mjs scripts/event-catalogue.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eventSentence } from '../app/text/events.ts'
import { EVENT_TYPES, type EventType } from '../domain/events.ts'
import { root } from './web-build.ts'

export const EVENT_CATALOGUE = join(root, 'docs', 'events.md')

const EXAMPLE = {
  ...{ personName: 'Jefatura OGAC', positionName: 'Jefatura OGAC', actingForName: null },
  ...{ stepCode: '3', reasonCode: 'already_decided', contentHash: '7f3a0000000091c2', changes: [] },
  ...{ signatureRole: null, aboutPerson: 'Dirección TIC', aboutPosition: 'Dirección TIC' },
}

/** Every type of event, the object it is about and an example of its sentence (model.md §5). */
export function eventCatalogue(): string {
  const lines = (Object.keys(EVENT_TYPES) as EventType[]).map(
    (type) => `| \`${type}\` | \`${EVENT_TYPES[type]}\` | ${eventSentence({ ...EXAMPLE, type })} |`,
  )
  return [
    '# Events',
    '',
    'Made from `domain/events.ts` and `app/text/events.ts` by `node scripts/run.mjs scripts/event-catalogue.ts`; a test holds it to them.',
    'Each event also says when, who in which position, acting for whom, on which content hash, and by which request or workflow.',
    '',
    '| type | object | on screen, for example |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(EVENT_CATALOGUE, eventCatalogue())
