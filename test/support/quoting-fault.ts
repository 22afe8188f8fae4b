/** An error as those of databases and parsers are: with a row, an address and a number of a person in it. */

export const QUOTED = /CANARIO|canario@|1082999777|llave_de_prueba/
/** What is left of it where errors are written down. */
export const UNQUOTED = 'no se pudo guardar … de … …'

export function quotingFault(): Error {
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "llave_de_prueba"'), {
    ...{ name: 'DatabaseError', code: '23505', detail: 'Key (documento)=(1082999777) already exists.' },
  })
  return new Error('no se pudo guardar "CANARIO 7461" de maria.canario@correo.test, 1082999777', { cause })
}
