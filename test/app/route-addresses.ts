/** Where each route of the build leads for the objects of an entity that was lived in, or for objects nobody has. */
import { withEntity } from '../../db/client.ts'
import { addressWith } from '../support/build-routes.ts'
import { type Life, liveIn, liveToPublication, type Product, type Slug } from '../support/lived-in.ts'
import { NOBODY, type Row } from './route-table.ts'

export interface Objects extends Life {
  published: { cycle: string; release: string; slug: string; code: string; file: string }
}

/** An entity with a cycle that waits, one just begun and one that is published. */
export async function livedIn(product: Product, slug: Slug): Promise<Objects> {
  const life = await liveIn(product, slug)
  const published = await liveToPublication(product, slug)
  return await withEntity(product.context.db, life.entityId, async (trx) => {
    const document = trx.selectFrom('document').select('code').where('cycle_id', '=', published.cycle)
    const file = trx.selectFrom('release_file').select('name').where('release_id', '=', published.release)
    const [{ code }, { name }] = [
      await document.executeTakeFirstOrThrow(),
      await file.where('kind', '=', 'csv').executeTakeFirstOrThrow(),
    ]
    return { ...life, published: { ...published, code, file: name } }
  })
}

/** Values of the parameters of a route: `whose` objects, or objects nobody has. */
export function paramsOf(row: Row, whose: Objects | null): Record<string, string> {
  const id = (value: string | undefined) => (whose ? (value ?? NOBODY) : NOBODY)
  const cycle = row.on === 'published' ? whose?.published.cycle : row.on === 'open' ? whose?.open : whose?.waiting
  return {
    ...{ ejercicio: id(cycle), paso: row.on === 'open' ? '1' : '3', acto: id(whose?.act) },
    version: id(row.on === undefined && whose ? whose.version : undefined),
    conexion: id(whose?.connection),
    destino: id(whose?.collector),
    disposicion: id(whose?.disposal),
    acceso: id(whose?.access),
    ...{ lista: id(whose?.accessList), libro: id(whose?.riskImport) },
    ...{ campana: id(whose?.campaign), revision: id(whose?.reviewList) },
    ausencia: id(whose?.absence),
    hecho: id(whose?.recorded),
    ...{ muestra: whose?.sample ?? NOBODY, elemento: '1' },
    registro: id(whose?.record),
    borrador: id(whose?.unfinished),
    ...{ fuente: id(whose?.source), importacion: id(whose?.import), publicacion: id(whose?.published.release) },
    archivo: id(row.on === 'published' ? undefined : row.on === 'map' ? whose?.mapFile : whose?.file),
    mapa: id(whose?.map),
    plantilla: id(whose?.template),
    ...{
      persona: id(whose?.person),
      incidencia: id(whose?.incident),
      cargo: id(whose?.position),
      dependencia: id(whose?.agency),
      vinculacion: id(whose?.tenure),
    },
    ...row.params,
  }
}

/** Address of a route for `whose` objects; what is public stands at addresses without them: that of `home`. */
export function addressOf(id: string, path: string, row: Row, whose: Objects | null, home: Objects): string {
  const params = paramsOf(row, whose)
  if (id === 'routes/administration/procedure') params.version = whose?.procedure ?? NOBODY
  if (id.startsWith('routes/public/')) {
    Object.assign(
      params,
      { conjunto: home.published.slug, version: '1', archivo: home.published.file, codigo: home.published.code },
      row.params,
    )
  }
  return addressWith(path, params) + (row.query ?? '')
}
