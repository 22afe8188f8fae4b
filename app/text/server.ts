/** Sentences the server answers outside of any page. */
export const serverText = {
  crossSite:
    'Esta solicitud no viene de una página de Caracteriza y no se atendió. Abra la página y vuelva a intentarlo.',
  notAForm: 'Esta dirección solo recibe formularios de Caracteriza. Abra la página y envíe el formulario desde ella.',
  tooLarge:
    'Lo que envió es demasiado grande y no se recibió. Acórtelo o elija un archivo más pequeño y envíelo de nuevo.',
  tooManyRequests: 'Hay demasiadas solicitudes desde su red. Espere un minuto y vuelva a intentarlo.',
  lastResort: (status: number, reference: string) =>
    status === 404
      ? 'No encontramos lo que busca.'
      : `No pudimos atender la solicitud. Número de referencia: ${reference}`,
  ready: 'listo',
  noAnswer: 'no responde',
  noWorker: 'ningún trabajador atiende la cola',
  migrations: (count: number) => `${count} aplicadas`,
  migrationsMissing: (count: number) => `faltan ${count}`,
}
