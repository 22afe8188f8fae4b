import path from 'node:path'
import { data, redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import {
  findMap,
  findMapFile,
  listMaps,
  listWaitingMapFiles,
  type MapFileRow,
  readMap,
  readMapText,
} from '../../db/division-maps.ts'
import { mapPicture } from '../../documents/charts.ts'
import {
  type ChosenProperties,
  divisionsOf,
  type MapFault,
  type MapFeature,
  propertiesOf,
  proposeProperties,
  readMapFile,
} from '../../domain/geojson.ts'
import { readInput } from '../../domain/input-reading.ts'
import { MapWithdrawalInput } from '../../domain/inputs.ts'
import type { Division } from '../../domain/maps.ts'
import { Refused } from '../../domain/refusals.ts'
import { isStorable } from '../../domain/storable.ts'
import { typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { keepMap } from '../commands/keep-map.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { mapObjection, receiveMap } from '../commands/receive-map.server.ts'
import { withdrawMap } from '../commands/withdraw-map.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { formatBytes, formatInstant } from '../text/format.ts'
import { inputErrors } from '../text/inputs.ts'
import { mapsText } from '../text/maps.ts'
import { sentenceOf } from '../text/refusals.ts'

/** The pages of maps of divisions (F1): what the entity has, a received file before it is kept, one map. */

/** So many divisions are listed on a page; the drawing has them all. */
const MOST_LISTED = 200

export async function loadMaps(context: AppContext, actor: Actor) {
  return await withActor(context.db, actor, async (trx) => ({
    objection: sentenceOf(mapObjection(permitted(actor)), actor),
    maps: (await listMaps(trx, actor.entityId)).map(({ id, name, version, hash, divisionCount, ...row }) => ({
      ...{ id, name, version, hash, divisionCount, isWithdrawn: row.withdrawnAt !== null },
      kept: mapsText.keptOn(row.keptBy, formatInstant(row.keptAt)),
    })),
    waiting: (await listWaitingMapFiles(trx, actor.entityId)).map(({ id, name, receivedBy, receivedAt }) => ({
      ...{ id, name },
      received: mapsText.received(receivedBy, formatInstant(receivedAt)),
    })),
  }))
}

/** Receives the file of the form and goes on to choosing; what is wrong with it comes back. */
export async function addMapFile(context: AppContext, actor: Actor, request: Request) {
  const received = await receiveMap(context, actor, request)
  if (received.ok) throw redirect(`/mapas/archivos/${received.fileId}`)
  const { reason } = received
  if (typeof reason === 'string') return wrong([{ field: 'archivo', message: mapsText.unread[reason] }])
  return wrong(reason.map((fault) => ({ field: 'archivo', message: mapsText.fault(fault) })))
}

const wrong = (errors: { field: string; message: string }[], name = '') => data({ errors, name }, { status: 422 })

/** A received file with the properties chosen in the address, drawn as it would be kept. */
export async function loadMapFile(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  const { file, names } = await withActor(context.db, actor, async (trx) => ({
    file: await requireMapFile(trx, actor, id),
    names: [...new Set((await listMaps(trx, actor.entityId)).map(({ name }) => name))],
  }))
  const features = await featuresOf(context, file)
  const chosen = chosenIn(search, features)
  const made = divisionsOf(features, chosen)
  const divisions = made.ok ? made.divisions : []
  return {
    ...{ id, names, chosen, properties: propertiesOf(features) },
    name: file.name,
    state: mapsText.chooseState(features.length, formatBytes(file.bytes)),
    objection: sentenceOf(mapObjection(permitted(actor)), actor),
    faults: made.ok ? [] : made.faults.map((fault) => mapsText.fault(fault)),
    drawing: made.ok ? drawingOf(file.name, divisions) : null,
    divisions: listed(divisions),
    divisionCount: divisions.length,
  }
}

async function requireMapFile(trx: Trx, { entityId }: Actor, id: string): Promise<MapFileRow> {
  const file = await findMapFile(trx, entityId, id)
  if (!file) throw new Refused('not_visible')
  return file
}

async function featuresOf(context: AppContext, file: MapFileRow): Promise<MapFeature[]> {
  const read = readMapFile(await readMapText(path.resolve(context.config.DATA_DIR), file))
  return read.ok ? read.features : []
}

function chosenIn(search: URLSearchParams, features: MapFeature[]): ChosenProperties {
  const known = new Set(features.flatMap(({ properties }) => Object.keys(properties)))
  const proposed = proposeProperties(features)
  const pick = (typed: string | null, usual: string) => (typed !== null && known.has(typed) ? typed : usual)
  return { code: pick(search.get('codigo'), proposed.code), name: pick(search.get('nombre'), proposed.name) }
}

/** Keeps the map with the name typed and the properties the form says; goes on to its page. */
export async function keepReceived(context: AppContext, actor: Actor, fileId: string, request: Request) {
  const form = await request.formData()
  const typed = (field: string) => String(form.get(field) ?? '').trim()
  const name = typed('titulo').replaceAll(/\s+/g, ' ')
  if (name.length < 3 || name.length > 80 || !isStorable(name))
    return wrong([{ field: 'titulo', message: mapsText.mapNameMissing }], name)
  const chosen = { code: typed('codigo'), name: typed('nombre') }
  const kept = await keepMap(context, actor, { fileId, name, chosen })
  if (kept.ok) throw redirect(`/mapas/${kept.mapId}?hecho=${kept.outcome}`)
  return wrong(
    kept.faults.map((fault: MapFault) => ({ field: 'codigo', message: mapsText.fault(fault) })),
    name,
  )
}

export async function loadMap(context: AppContext, actor: Actor, id: string) {
  const row = await withActor(context.db, actor, (trx) => findMap(trx, actor.entityId, id))
  if (!row) throw new Refused('not_visible')
  const { divisions } = await readMap(path.resolve(context.config.DATA_DIR), row)
  const { name, version, hash, divisionCount, fileName, codeProperty, nameProperty, keptBy, keptAt } = row
  const { withdrawnAt, withdrawnBy, withdrawnReason } = row
  return {
    ...{ name, version, hash, divisionCount, fileName, codeProperty, nameProperty, withdrawnReason },
    withdrawn: withdrawnAt && mapsText.withdrawnOn(withdrawnBy ?? '', formatInstant(withdrawnAt)),
    mayWithdraw: withdrawnAt === null && mapObjection(permitted(actor)) === null,
    kept: mapsText.keptOn(keptBy, formatInstant(keptAt)),
    drawing: drawingOf(name, divisions),
    divisions: listed(divisions),
  }
}

/** Withdraws a map with the reason typed; wrong input comes back beside its field. */
export async function withdrawOne(context: AppContext, actor: Actor, mapId: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(MapWithdrawalInput, { mapId, reason: typed.reason })
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `retiro-${path}`),
      typed,
    )
  await withdrawMap(context, actor, read.input)
  return redirect(`/mapas/${mapId}?hecho=retirado`)
}

const listed = (divisions: readonly Division[]) =>
  divisions.slice(0, MOST_LISTED).map(({ code, name }) => ({ code, name }))

const drawingOf = (name: string, divisions: Division[]) =>
  mapPicture(divisions, mapsText.drawing(name, divisions.length))
