import type { Disposition } from '../../domain/retention.ts'

export const dispositionNames: Record<Disposition, string> = {
  CT: 'Conservación total',
  E: 'Eliminación',
  S: 'Selección',
  MT: 'Reproducción por medio técnico',
}

export const retentionText = {
  title: 'Retención documental',
  state: (n: number) =>
    n === 0
      ? 'La tabla todavía no tiene series: mientras una serie no esté en ella, sus ejercicios se conservan.'
      : 'La tabla dice cuánto se conserva cada serie y qué se hace después. Nada se elimina solo: siempre hay un acta y dos personas.',
  disposals: 'Ver los ejercicios terminados y sus eliminaciones',
  addTitle: 'Agregar una serie o una versión nueva',
  addIntro:
    'Las series no se corrigen ni se borran. Si una cambia, agréguela otra vez con el acto que la cambió: la anterior queda en la historia.',
  fields: {
    code: 'Código de la serie o subserie',
    codeHelp:
      'Por partes separadas con puntos, por ejemplo 4173.010.22.2. Cubre todo lo que empiece por esas partes; si varias cubren un ejercicio, cuenta la más larga.',
    name: 'Nombre de la serie o subserie',
    officeYears: 'Años en archivo de gestión',
    centralYears: 'Años en archivo central',
    yearsHelp: 'Se cuentan desde el 31 de diciembre del año en que el ejercicio termina.',
    disposition: 'Disposición final',
    act: 'Acto que la adoptó',
    actHelp: 'Por ejemplo Resolución 120 de 2026.',
    actDate: 'Fecha del acto',
    inForceFrom: 'Rige desde',
  },
  add: 'Agregar a la tabla',
  listTitle: 'Tabla de retención documental',
  caption: 'Series de la tabla de retención documental con sus versiones',
  columns: {
    code: 'Código',
    name: 'Nombre',
    years: 'Gestión y central',
    disposition: 'Disposición final',
    act: 'Acto',
    from: 'Rige desde',
    version: 'Versión',
  },
  years: (office: number, central: number) => `${office} + ${central} años`,
  inForce: 'Vigente',
  notInForce: 'Anterior o futura',
  done: { agregada: 'La serie quedó en la tabla de retención documental.' },
}
