/** What the verifier says of the archive of an entity. */
import type { CheckedArchive } from './check-archive.ts'
import { keyLines, moment, printable, verdict } from './texts.ts'

/** What an archive that holds proves, line by line. */
export function linesOfArchive({
  manifest,
  exported,
  checkpoint,
  checkpoints,
  isKeyCertain,
}: CheckedArchive): string[] {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  return [
    verdict('la exportación de la entidad está completa y es la que se selló', isKeyCertain),
    `Entidad: ${printable(manifest.name)} (${printable(manifest.entityId)})`,
    `Exportada: ${moment(String(exported.line.at))}, hecho n.º ${exported.place + 1n} de la bitácora`,
    `Archivos: ${manifest.files.length}, cada uno con la huella del manifiesto`,
    `Tablas: ${manifest.tables.length}, con ${rows} filas, todas de esta entidad`,
    `Bitácora: ${manifest.events} hechos y ${checkpoints} puntos de control firmados; todos concuerdan`,
    `Raíz de la bitácora: ${checkpoint.root.toString('hex')}`,
    ...keyLines(checkpoint.origin, [...new Set([checkpoint.keyId, exported.checkpoint.keyId])], isKeyCertain),
  ]
}
