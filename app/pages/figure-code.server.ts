import path from 'node:path'
import { findVariable } from '../../catalog/variables.ts'
import { recountsAsPrinted } from '../../db/aggregates.ts'
import { withDocumentCode } from '../../db/client.ts'
import { readMap } from '../../db/division-maps.ts'
import { findFigureCode, type PublicFigureCode } from '../../db/figure-codes.ts'
import { wordsOfCode } from '../../domain/mapping-proposal.ts'
import type { AppContext } from '../context.server.ts'
import { type FigureView, figureView } from './figure-view.server.ts'

export interface FigureCodePage extends Pick<PublicFigureCode, 'code' | 'entity' | 'document' | 'release'> {
  figure: FigureView
  /** `gone`: its snapshot is no longer kept, so nothing can be counted again; `eliminated`: by which act it went. */
  recount: 'equal' | 'different' | 'gone'
  eliminated: { minutes: string; on: string } | null
}

/** A printed table, where it comes from, and whether it still counts the same; undefined for an unknown code. */
export async function loadFigureCode(context: AppContext, code: string): Promise<FigureCodePage | undefined> {
  const found = await withDocumentCode(context.publicDb, code, (trx) => findFigureCode(trx, code))
  if (!found) return undefined
  const { table, title, chart, base, map, sourceName, entity, document, release } = found
  const { eliminated } = found
  const drawnOn = map && (await readMap(path.resolve(context.config.DATA_DIR), map))
  const labels = new Map([table.rows, table.columns, table.layers].map((side) => [side?.variable, side?.label]))
  const labelOf = (variable: string) => labels.get(variable) ?? findVariable(variable)?.label ?? wordsOfCode(variable)
  return {
    ...{ code, entity, document, release },
    figure: figureView(table, { id: 'figura', title, chart, base, map: drawnOn, sourceName, labelOf }),
    recount: await recountOf(context, found),
    eliminated: eliminated && { minutes: eliminated.minutes, on: eliminated.on },
  }
}

async function recountOf(
  context: AppContext,
  { table, eliminated }: PublicFigureCode,
): Promise<FigureCodePage['recount']> {
  try {
    const isEqual = await recountsAsPrinted(table, path.resolve(context.config.DATA_DIR, 'snapshots'))
    return isEqual ? 'equal' : 'different'
  } catch (failure) {
    if (!eliminated)
      context.log.warn({ err: failure, snapshot: table.snapshotHash }, 'a printed table could not be counted again')
    return 'gone'
  }
}
