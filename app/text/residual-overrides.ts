/** A residual that somebody writes over (`/riesgos/…/residual`). */
export const overrideText = {
  title: 'Residual sobrescrito',
  of: (code: string) => `Sobrescribir el residual del riesgo ${code}`,
  intro:
    'El residual sale de los controles. Quien lo sobrescribe dice por qué, y queda señalado en la lista, el mapa y los archivos. Lo demostrado nunca mejora por sobrescribirlo, y vence apenas el cálculo cambia.',
  link: 'Sobrescribir el residual',
  seeLink: 'Ver qué se sobrescribió',
  chip: 'Sobrescrito',
  computed: (place: string) => `El cálculo da ${place}`,
  inFile: (zone: string, computed: string) => `${zone} (sobrescrito; el cálculo da ${computed})`,
  standing: (written: string, computed: string, who: string) =>
    `El residual declarado está sobrescrito en ${written}; el cálculo da ${computed}. Lo escribió ${who}.`,
  lapsed: (when: string) =>
    `El residual que se había sobrescrito venció por cambio el ${when}: rige otra vez el cálculo. Si todavía hace falta, escríbalo de nuevo con su motivo.`,
  asked:
    'Lo que se había sobrescrito venció porque el cálculo cambió. Si todavía hace falta, se escribe de nuevo con su motivo; si no hace falta, quien responde por el riesgo registra que lo revisó.',
  review: 'Registrar la revisión del riesgo',
  placesCaption: 'Lo que da el cálculo y lo que rige',
  placeColumns: { place: 'Residual', computed: 'Lo que da el cálculo', standing: 'Lo que rige' },
  formTitle: 'Sobrescribir el residual declarado',
  probability: 'Probabilidad residual',
  impact: 'Impacto residual',
  reason: 'Por qué el cálculo no refleja lo que queda del riesgo',
  submit: 'Sobrescribir',
  withdrawTitle: 'Volver al cálculo',
  withdraw: 'Quitar lo sobrescrito',
  historyTitle: 'Lo que se ha sobrescrito',
  historyCaption: 'Cada vez que alguien sobrescribió el residual de este riesgo',
  columns: {
    n: 'Número',
    written: 'Lo escrito',
    computed: 'Lo calculado',
    why: 'Motivo',
    who: 'Quién y cuándo',
    end: 'Hasta',
  },
  endings: {
    lapsed: 'Venció por cambio',
    withdrawn: 'Se quitó',
    replaced: 'Se reemplazó',
  } as Record<string, string>,
  stands: 'Vigente',
  none: 'Nadie ha sobrescrito el residual de este riesgo.',
  done: { sobrescrito: 'El residual quedó sobrescrito y señalado.', quitado: 'Rige otra vez el cálculo.' },
}
