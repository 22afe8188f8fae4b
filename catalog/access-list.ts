/** Headings of a list of requests of access: the first of each column stands in the template, the others are read as well (C1). */
export const LIST_HEADINGS = {
  who: ['Documento o correo', 'Documento', 'Correo', 'Correo electrónico', 'Persona'],
  point: ['Punto de atención', 'Punto'],
  form: ['Formulario'],
  startsOn: ['Desde'],
  endsOn: ['Hasta'],
} as const
