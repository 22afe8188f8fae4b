import type { Reason } from '../../domain/disclosure/protect.ts'
import { formatNumber, formatShare } from './format.ts'

/** What the people of step 7 read about hidden figures; official word for the small ones: «umbral». */
export const protectionText = {
  title: 'Protección de las cifras',
  none: 'Se prepara junto con los archivos: aquí se verá qué se oculta, por qué y qué se pierde.',
  intro: (threshold: number) =>
    `Ninguna cifra de menos de ${threshold} se publica, ni las que dejarían calcularla. Informe, archivos, gráficas y páginas llevan las mismas casillas ocultas.`,
  nothing: 'Ninguna casilla de estas figuras necesita ocultarse.',
  checked: 'Nadie puede calcular una casilla oculta con lo publicado',
  facts: {
    hidden: 'Casillas ocultas',
    hiddenOf: (hidden: number, all: number) => `${formatNumber(hidden)} de ${formatNumber(all)}`,
    attack: 'Ataque de prueba',
    attacked: (asked: number, exact: number, narrow: number) =>
      `${formatNumber(asked)} casillas atacadas: ${formatNumber(exact)} calculadas con exactitud y ${formatNumber(narrow)} estrechadas a menos del umbral.`,
    unproven: (count: number) => `Sin comprobar: ${formatNumber(count)}.`,
    unprovenAlert: (count: number) =>
      `Sin comprobar: ${formatNumber(count)}. El cálculo llegó a su límite de tiempo antes de mostrar que nadie puede calcular esas casillas. Prepare de nuevo los archivos.`,
    already: 'Ya eran públicas',
    alreadyOf: (count: number) =>
      `${formatNumber(count)} grupos pequeños se podían calcular con lo publicado antes; esta versión no agrega nada sobre ellos.`,
    earlier: 'Publicado antes y tenido en cuenta',
    earlierNone: 'Nada del mismo municipio.',
    version: (title: string, version: number) => `${title}, versión ${version}`,
    hash: 'Huella del informe de protección',
    late: 'El cálculo llegó a su límite de tiempo: se ocultaron más casillas de las necesarias.',
  },
  utility: {
    caption: 'Lo que se pierde en cada figura',
    figure: 'Figura',
    cells: 'Casillas ocultas',
    records: 'Registros que no se ven por separado',
    share: formatShare,
  },
  cells: {
    caption: 'Casillas ocultas',
    summary: (count: number) => `Ver las ${formatNumber(count)} casillas ocultas`,
    figure: 'Figura',
    cell: 'Casilla',
    why: 'Por qué',
    bounds: 'Lo que alguien puede calcular',
    unproven: 'sin comprobar',
    between: (low: number, high: number | null) =>
      high === null ? `${formatNumber(low)} o más` : `entre ${formatNumber(low)} y ${formatNumber(high)}`,
  },
  reasons: {
    primary: 'Es menor que el umbral o revelaría un dato sensible',
    complementary: 'Con ella se calcularía otra casilla oculta',
    earlier: 'Con lo publicado antes se calcularía un grupo pequeño',
  } satisfies Record<Reason, string>,
}
