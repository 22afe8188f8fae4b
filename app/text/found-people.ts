/** Whom a name that was looked for may mean. */
export const foundPeopleText = {
  found: 'Personas que coinciden',
  choose: (name: string) => `Preguntar por ${name}`,
  more: 'Hay más personas que coinciden: escriba más letras del nombre.',
}
