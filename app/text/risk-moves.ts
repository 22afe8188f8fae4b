/** A risk that moves to another methodology (`/riesgos/…/traslado`), and its assessments as they were made. */
export const moveText = {
  title: 'Pasar a otra metodología',
  of: (code: string) => `Pasar el riesgo ${code} a otra metodología`,
  intro:
    'Se registra una valoración nueva con la tabla que usted confirme. La anterior queda como se hizo, con su metodología y su mapa.',
  none: 'La entidad no eligió otra metodología para riesgos como este. La elección se hace en Metodologías.',
  where: 'Metodología y tipología de destino',
  target: (typology: string, methodology: string) => `${typology} (${methodology})`,
  choose: 'Ver la tabla',
  tableTitle: 'Tabla de equivalencias',
  tableIntro: (from: string, to: string) =>
    `A la izquierda, los niveles de ${from}. Elija a cuál de ${to} pasa cada uno.`,
  level: (name: string, percent: number) => `${name} (${percent} %)`,
  ofAxis: { probability: 'Probabilidad', impact: 'Impacto' },
  current: (level: string) => `${level}: aquí está hoy`,
  resultTitle: 'Qué pasa con este riesgo',
  result: (before: string, after: string) => `Hoy está en ${before}. Con la tabla propuesta quedaría en ${after}.`,
  reason: 'Por qué se pasa a otra metodología',
  confirmLegend: 'Confirmación de la tabla',
  confirm: 'Revisé la tabla y estoy de acuerdo con cada equivalencia',
  submit: 'Pasar el riesgo',
  undesigned: (codes: string) =>
    `La nueva metodología no sabe cuánto pesan estos controles: ${codes}. Retírelos antes de pasar el riesgo y agréguelos después con su diseño.`,
  otherChosen: (methodology: string) =>
    `La entidad valora ahora los riesgos de este tipo con «${methodology}». Antes de valorarlo de nuevo, pase el riesgo a esa metodología.`,
  link: 'Pasar a otra metodología',
}

export const assessmentText = {
  title: (n: number) => `Valoración ${n}`,
  of: (code: string, n: number) => `Riesgo ${code}, valoración ${n}`,
  made: (position: string, when: string) => `Hecha por ${position}, ${when}.`,
  open: (n: number) => `Abrir la valoración ${n}`,
  mapTitle: 'El mapa como era',
  mapCaption: (methodology: string) => `Matriz de ${methodology}, con el lugar del riesgo antes de los controles`,
  facts: {
    description: 'Redacción',
    methodology: 'Metodología',
    typology: 'Tipología',
    place: 'Lugar',
    reason: 'Motivo',
  },
  tableTitle: 'Tabla con la que pasó de metodología',
  tableCaption: (from: string) => `Equivalencias desde ${from}`,
  columns: { axis: 'Eje', from: 'Nivel anterior', to: 'Nivel nuevo' },
}
