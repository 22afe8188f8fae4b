import { formatDate } from './format.ts'

/** Words beside a figure: chart, table twin, where it comes from, and why a cell is hidden. */
export const figureText = {
  ofStep: 'Gráficas de este paso',
  ofStepWhy: 'Se calculan del corte de datos, tal como se publicarían: las cifras de grupos pequeños van ocultas.',
  records: 'Registros',
  share: 'Porcentaje',
  total: 'Total',
  asText: 'La gráfica en palabras',
  asTable: 'Ver como tabla',
  source: (name: string) => `Fuente: ${name}`,
  snapshot: 'Corte',
  hidden: 'oculta',
  internal: 'no se publica',
  internalTitle: 'Esta cifra se ve aquí para el análisis y se oculta en el informe y los datos abiertos.',
  layer: (variable: string, value: string) => `${variable}: ${value}`,
  allLayers: (variable: string) => `${variable}: todos los valores`,
  shareOf: {
    total: 'Los porcentajes son del total de registros.',
    rows: 'Los porcentajes son del total de cada fila.',
    columns: 'Los porcentajes son del total de cada columna.',
  },
  origin: '¿De dónde sale?',
  originOf: {
    source: 'Fuente',
    snapshot: 'Huella del corte (SHA-256)',
    filter: 'Filtro',
    noFilter: 'Ninguno: cuenta todos los registros del corte.',
    method: 'Cómo se hizo',
    rules: 'Reglas de protección',
    code: 'Cálculo',
    map: 'Mapa',
    mapHash: 'Huella del mapa (SHA-256)',
    version: (n: number) => `versión ${n}`,
  },
  scroll: (title: string) => `Gráfica: ${title}`,
  unit: { records: 'registros', persons: 'personas' },
  primary: {
    interno: (threshold: number, unit: string) =>
      `Las cifras con el ojo tachado no se publican: tienen menos de ${threshold} ${unit} y alguien podría ser reconocido.`,
    publico: (threshold: number, unit: string) =>
      `Las cifras ocultas tienen menos de ${threshold} ${unit}: así nadie puede ser reconocido.`,
  },
  complementary: {
    interno: 'Otras se marcan también para que las primeras no puedan calcularse por resta.',
    publico: 'Otras cifras se ocultan también para que las primeras no puedan calcularse por resta.',
  },
  sensitiveZero: 'Por ser un dato sensible, los ceros también se protegen.',
}

/** Words of the public page of a printed figure. */
export const figureCodeText = {
  title: '¿De dónde sale esta cifra?',
  crumb: 'Cifra',
  state: (title: string) => `«${title}», tal como se imprimió, con la forma de volver a contarla.`,
  code: 'Código de la tabla',
  entity: 'Entidad',
  approvedIn: 'Aprobada en',
  printedIn: 'Publicada en',
  release: (title: string, version: number) => `${title}, versión ${version}`,
  /** Of the version that published it, where that one is not the last word any more. */
  since: {
    corrected: {
      title: 'Una versión posterior corrigió la que la publicó',
      why: 'Lo que ve es lo que se publicó entonces. Mire en el conjunto qué cambió y cuál es la versión vigente.',
      to: 'Ver el conjunto y sus versiones',
    },
    withdrawn: {
      title: 'La versión que la publicó se retiró',
      why: 'Lo que ve es lo que se publicó entonces y ya no se ofrece. La página de la versión dice por qué se retiró.',
      to: 'Ver por qué se retiró',
    },
  },
  recount: {
    equal: 'Las cifras coinciden',
    different: 'Las cifras no coinciden',
    gone: 'No se pudieron volver a contar',
  },
  recountWhy: {
    equal: 'Se contaron de nuevo los registros del corte y cada cifra impresa da lo mismo.',
    different:
      'Al contar de nuevo los registros del corte, alguna cifra da distinto de la impresa. Avise a la entidad: use el enlace de PQRSD al final de la página.',
    gone: 'El corte de datos con el que se hizo ya no está disponible. Lo que ve es lo que se imprimió.',
  },
  eliminated: ({ minutes, on }: { minutes: string; on: string }) =>
    `El corte de datos con el que se hizo se eliminó por el acta N.º ${minutes} del ${formatDate(on)}, según la tabla de retención documental. Lo que ve es lo que se imprimió.`,
}
