/** The page that says what stands in the archive of an entity, for whoever has nothing but the archive. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import { type ArchivedTable, LEFT_OUT } from './tables.ts'

export const README = 'LEAME.txt'

export async function readmeText(
  trx: Trx,
  { name, madeAt, tables }: { name: string; madeAt: string; tables: readonly ArchivedTable[] },
): Promise<string> {
  return `Exportación de una entidad de Caracteriza
=========================================

Entidad: ${name}
Preparada: ${madeAt}

QUÉ ES

Todo lo que la entidad tiene en su instalación: sus filas, sus archivos y su bitácora sellada. Sirve para llevarla a otra
instalación (npm run import-entity -- ARCHIVO.zip), para conservarla o para leerla sin el producto. Es un ZIP sin comprimir:
cualquier programa lo abre. Nombra a funcionarios y cuenta su trabajo: guárdelo como guarda una copia de la base de datos.

CÓMO SE COMPRUEBA

  node caracteriza-verificador.mjs EXPORTACION.zip      (basta Node; sin red, sin base de datos, sin el producto)

El verificador que viene adentro es una comodidad: quien no confía en quien entrega usa el que publica la entidad, y pasa con
--llave la llave pública que la entidad publica. Comprueba cada archivo, que toda fila sea de esta entidad, que los hechos sean las
hojas de todos los árboles firmados, y el sello de la exportación.

QUÉ HAY

manifiesto.json       Entidad, migraciones de sus tablas, filas de cada tabla, y de cada archivo su tamaño y su SHA-256. Un «enlace»
                      es un corte que se lee en el archivo de otro, desde que se borró a alguien de él.
sello.json            Comprobante del hecho entity.exported, que lleva el SHA-256 del manifiesto (formato «comprobante», forma 1).
tablas/TABLA.jsonl    Una fila por línea, en JSON (UTF-8), con los nombres de las columnas de abajo. Instantes en ISO 8601, UTC;
                      bytes como \\x y hexadecimal; xid8 es el número de la transacción en la base de datos donde se escribió.
tablas/event.jsonl    Los hechos. Cada línea es la forma canónica (RFC 8785) que se selló; la línea n es el lugar n-1 de la bitácora
                      y su hoja es SHA-256(0x00 ‖ línea), sin el salto de línea (RFC 9162).
tablas/log_leaf.jsonl, log_subtree.jsonl, log_checkpoint.jsonl, log_key.jsonl, log_day.jsonl
                      Las hojas, los árboles completos, los puntos de control firmados (notas C2SP), las llaves públicas que los
                      firmaron y los días publicados.
archivos/SHA256       Anexos, documentos y archivos publicados, por la huella de su contenido.
originales/SHA256.sealed
                      Archivos recibidos y rechazos, cifrados como estaban en el disco con la llave «originals» de la entidad:
                      "CZS1", 8 bytes de prefijo y trozos de 1 MiB con AES-256-GCM (número del trozo en el nonce). La huella es la
                      del contenido sin cifrar.
cortes/SHA256.parquet.sellado
                      Cortes de las fuentes (Parquet), cifrados con la llave de traslado: nonce (12), contenido, etiqueta (16),
                      AES-256-GCM con el nombre de la parte como dato autenticado. La huella es la del contenido sin cifrar.
llaves.json           Las llaves de la entidad (de ciudadanos, seudónimos, originales, conexiones y seguimiento de solicitudes), cifradas
                      con la llave de traslado. De quien fue borrado no hay llave: se destruyó con su fila.
borrados.jsonl        Borrados de ciudadanos que la instalación anotó fuera de la base de datos: identificadores e instantes.
caracteriza-verificador.mjs
                      El verificador.

LA LLAVE DE TRASLADO está en otro archivo, EXPORTACION.zip.llave, y en ninguna otra parte: llévela por otro camino. Sin ella el ZIP no
muestra ningún dato que un ciudadano haya dado; con ella y el ZIP se lee todo.

QUÉ NO HAY

Las llaves privadas que firman la bitácora, las contraseñas y las sesiones no salen de su instalación. Los códigos compartidos (formularios,
catálogos) van en el producto de la misma versión; la versión de procedimiento que adoptó la entidad está en tablas/procedure_version.jsonl.
${Object.entries(LEFT_OUT)
  .map(([table, reason]) => `  ${table}: ${reason}.`)
  .join('\n')}

COLUMNAS

${await columnLines(trx, tables)}
`
}

/** Every column as the database has it. */
async function columnLines(trx: Trx, tables: readonly ArchivedTable[]): Promise<string> {
  const { rows } = await sql<{ name: string; columns: string }>`
    select c.relname as name, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
      case when a.attnotnull then '' else ', puede faltar' end, E'\\n  ' order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attidentity = ''
    where c.relnamespace = 'public'::regnamespace and c.relname = any(${tables.map(({ name }) => name)}::text[])
    group by c.relname order by c.relname`.execute(trx)
  return rows.map(({ name, columns }) => `${name}\n  ${columns}`).join('\n\n')
}
