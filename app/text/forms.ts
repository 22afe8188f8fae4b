/** When the form of a step changes under a draft that is open. */
export const formText = {
  newer: (own: number, newest: number) =>
    `Hay una versión más nueva del formulario de este paso (la ${newest}). Su borrador sigue en la versión ${own} hasta que usted lo pase.`,
  see: 'Ver qué cambia y pasar el borrador',
  crumb: 'Formulario nuevo',
  title: (newest: number) => `Pasar el borrador a la versión ${newest} del formulario`,
  state: (own: number) =>
    `Está en la versión ${own}. Puede seguir en ella: nadie lo obliga a cambiar, y lo enviado antes queda como se envió.`,
  changes: 'Qué cambia en el formulario',
  movedTo: (before: string, after: string) => `${before} → ${after}`,
  added: 'Campos nuevos',
  addedNone: 'No hay campos nuevos.',
  moved: 'Cambian de nombre o de lugar',
  movedNone: 'Ningún campo cambia de nombre.',
  removed: 'Campos que se quitan',
  removedNone: 'No se quita ningún campo.',
  before: 'En la versión de ahora',
  after: 'En la versión nueva',
  value: 'Lo que está escrito',
  places: 'Dónde queda lo que está escrito',
  placesNone: 'El borrador todavía no tiene nada escrito.',
  stay: (n: number) =>
    n === 1 ? 'Una respuesta queda en el mismo campo.' : `${n} respuestas quedan en el mismo campo.`,
  noField: 'Lo que ya no tiene campo',
  kept: 'No se pierde: queda a la vista debajo del formulario.',
  leftOverIntro:
    'Se escribió en una versión anterior del formulario. No hace parte de lo que se envía; cópielo donde corresponda.',
  leftOverForm: (form: number) => `versión ${form}`,
  submit: (newest: number) => `Pasar a la versión ${newest}`,
  stayHere: (own: number) => `Seguir en la versión ${own}`,
  upToDate: 'Este paso ya está en la versión más nueva de su formulario.',
  toStep: 'Volver al paso',
  notAllowed: 'No puede pasar este borrador',
}
