interface ErrorWords {
  title: string
  message: string
  /** What the person can do now. */
  next: string
}

export const errorText: Record<
  'notFound' | 'forbidden' | 'conflict' | 'gone' | 'tooMany' | 'invalid' | 'broken',
  ErrorWords
> = {
  notFound: {
    title: 'No encontramos esta página',
    message: 'Puede que la dirección esté mal escrita, que la página ya no exista o que no esté a su alcance.',
    next: 'Revise la dirección o vuelva al inicio.',
  },
  forbidden: {
    title: 'Esto no le está permitido',
    message: 'Su cargo no permite hacer esto. Si lo necesita, pídalo a la Administración del sistema de su entidad.',
    next: 'Vuelva a la página anterior o al inicio.',
  },
  conflict: {
    title: 'Esto ya no es posible',
    message: 'La situación cambió desde que usted abrió la página.',
    next: 'Vuelva a la página anterior, recárguela y revise cómo quedó.',
  },
  gone: {
    title: 'Este contenido fue retirado',
    message: 'La entidad retiró este contenido.',
    next: 'La página del conjunto de datos explica por qué.',
  },
  tooMany: {
    title: 'Demasiados intentos',
    message: 'Se hicieron demasiados intentos en poco tiempo.',
    next: 'Espere quince minutos y vuelva a intentarlo.',
  },
  invalid: {
    title: 'No pudimos recibir lo que envió',
    message: 'El formulario llegó incompleto o con datos que no corresponden.',
    next: 'Vuelva a la página anterior, recárguela y envíe de nuevo.',
  },
  broken: {
    title: 'Algo falló de nuestro lado',
    message: 'No pudimos terminar lo que pidió. Lo que estaba guardado sigue guardado.',
    next: 'Vuelva a intentarlo en unos minutos. Si sigue fallando, informe el número de referencia.',
  },
}

export const errorPageText = {
  reference: 'Número de referencia',
  toStart: 'Ir al inicio',
  documentTitle: (title: string) => `${title} · Caracteriza`,
}

/** Words for a status code. */
export function wordsFor(status: number): ErrorWords {
  if (status === 404) return errorText.notFound
  if (status === 403) return errorText.forbidden
  if (status === 409) return errorText.conflict
  if (status === 410) return errorText.gone
  if (status === 429) return errorText.tooMany
  if (status >= 400 && status < 500) return errorText.invalid
  return errorText.broken
}
