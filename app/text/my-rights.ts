import type { RightsAim, RightsQuality, RightsStatus } from '../../domain/rights.ts'
import type { RightsPage } from '../../domain/rights-inputs.ts'
import { formatDay } from './format.ts'

/** The public pages on which a citizen asks about their data (`/mis-derechos`): no account, and without JavaScript too. */
export const myRightsText = {
  title: 'Mis derechos sobre mis datos',
  crumb: 'Mis derechos',
  intro:
    'La ley le permite saber qué datos suyos tiene la entidad y decidir sobre ellos (Ley 1581 de 2012). Pedirlo es gratis, no necesita abogado y no tiene que dar razones para consultar.',
  rightsTitle: 'Lo que usted puede pedir',
  rights: [
    ['Conocer sus datos', 'Que le digan qué datos suyos hay y para qué se usan, y que le entreguen una copia.'],
    ['Corregirlos', 'Que se corrija lo que esté mal, incompleto o viejo.'],
    ['Retirar su autorización', 'Que dejen de usar sus datos para algo que usted había autorizado.'],
    ['Borrarlos', 'Que se borren, salvo que una ley obligue a conservarlos: si es así, le deben decir cuál.'],
    ['Reclamar', 'Que se respete la ley si cree que sus datos se usaron mal.'],
  ] as [string, string][],
  termsTitle: 'Cuándo le responden',
  terms: [
    'Una consulta se responde en 10 días hábiles. Se puede prorrogar una vez, 5 días hábiles más, diciéndole por qué.',
    'Un reclamo se responde en 15 días hábiles. Se puede prorrogar una vez, 8 días hábiles más, diciéndole por qué.',
    'Si a su reclamo le falta algo, se lo piden en los 5 días hábiles siguientes y usted tiene dos meses para completarlo.',
  ],
  needTitle: 'Qué necesita',
  need: 'Su documento de identidad y una forma de contacto. Si pide por otra persona, el poder o la prueba de que la representa o hereda de ella: se los pedirán al comprobar su identidad.',
  inPerson: 'También puede pedirlo en cualquier punto de atención: quien lo atienda lo registra por usted.',
  begin: 'Hacer una solicitud',
  followTitle: '¿Ya hizo una solicitud?',
  followIntro: 'Escriba el código que recibió para ver cómo va o para completarla.',
  code: 'Código de la solicitud',
  codeHelp: 'Doce letras y números, por ejemplo ABCD-EFGH-JKLM.',
  wrongCode: 'El código tiene doce letras y números. Revíselo y escríbalo de nuevo.',
  follow: 'Ver la solicitud',
}

const PAGES: Record<RightsPage, string> = {
  solicitud: 'Qué quiere pedir',
  titular: 'De quién son los datos',
  solicitante: 'Quién hace la solicitud',
  contacto: 'Cómo le respondemos',
  hechos: 'Cuéntenos',
}

export const askRightsText = {
  title: 'Hacer una solicitud sobre mis datos',
  pages: PAGES,
  step: (n: number, of: number) => `Paso ${n} de ${of}`,
  next: 'Continuar',
  back: 'Volver',
  entity: '¿Qué entidad tiene sus datos?',
  aim: '¿Qué quiere pedir?',
  aims: {
    access: ['Conocer mis datos', 'Qué datos míos hay, para qué se usan, y una copia. Es una consulta.'],
    correction: ['Corregir o actualizar mis datos', 'Algo está mal, incompleto o viejo. Es un reclamo.'],
    withdrawal: ['Retirar una autorización', 'Que no usen mis datos para algo que autoricé. Es un reclamo.'],
    erasure: ['Borrar mis datos', 'Que no conserven mis datos. Es un reclamo.'],
    breach: ['Reclamar por otra cosa', 'Creo que mis datos se usaron sin permiso o en contra de la ley.'],
  } satisfies Record<RightsAim, [string, string]>,
  quality: '¿De quién son los datos?',
  qualities: {
    holder: 'Míos',
    representative: 'De una persona a la que represento',
    heir: 'De una persona fallecida de la que soy heredero o familiar',
  } satisfies Record<RightsQuality, string>,
  holderName: 'Nombre completo de la persona de quien son los datos',
  documentType: 'Tipo de documento',
  chooseDocumentType: 'Elija el tipo',
  documentNumber: 'Número de documento',
  documentHelp: 'Sirve para encontrar los datos. No se muestra a nadie más. Déjelo vacío si no hay documento.',
  requesterIntro: 'Sus datos, porque usted actúa por otra persona. Al comprobar su identidad le pedirán la prueba.',
  requesterName: 'Su nombre completo',
  contactIntro: 'Escriba al menos una forma de contacto. Se usa solo para responderle.',
  email: 'Correo electrónico',
  phone: 'Teléfono',
  address: 'Dirección',
  facts: (aim: RightsAim | undefined) =>
    aim === 'access' ? 'Qué quiere saber (si quiere precisarlo)' : 'Qué pasó y qué pide',
  factsHelp: 'Hasta 4.000 letras. Si adjunta pruebas, diga cuáles: las entrega al comprobar su identidad.',
  reviewTitle: 'Revise antes de enviar',
  reviewIntro: 'Nada se ha guardado todavía. Si algo está mal, cámbielo; si todo está bien, envíe la solicitud.',
  change: 'Cambiar',
  changeOf: (what: string) => `Cambiar: ${what}`,
  empty: 'Sin responder',
  send: 'Enviar la solicitud',
  consent:
    'Al enviar, la entidad guarda estos datos cifrados y los usa solo para responder su solicitud. La autorización no se necesita: es una obligación de la ley.',
  filedTitle: 'Su solicitud quedó presentada',
  filed: (number: string) => `Número de la solicitud: ${number}.`,
  keep: 'Guarde estos dos datos: con ellos ve cómo va su solicitud y la completa si se lo piden. La clave se muestra solo esta vez.',
  codeLabel: 'Código',
  secretLabel: 'Clave',
  nextTitle: 'Qué sigue',
  next1: 'Una persona de la entidad comprobará su identidad y puede llamarlo o pedirle que muestre su documento.',
  next2: (dueOn: string) => `Le deben responder a más tardar el ${formatDay(dueOn)}.`,
  next3: 'El código también sirve para comprobar que la solicitud existe, en la página de verificación.',
  print: 'Imprima esta página o anote los dos datos.',
  goFollow: 'Ver cómo va mi solicitud',
  goInside: 'Abrir la solicitud',
}

const STATES: Record<RightsStatus, (facts: { dueOn: string | null; completeBy: string | null }) => string> = {
  filed: () => 'Se está registrando. Vuelva en unos minutos.',
  received: ({ dueOn }) =>
    `Está en trámite. Le deben responder a más tardar el ${dueOn ? formatDay(dueOn) : 'plazo legal'}.`,
  incomplete: ({ completeBy }) =>
    `Le falta algo a su reclamo. Complételo hasta el ${completeBy ? formatDay(completeBy) : 'plazo legal'}; si no, se entiende que desiste.`,
  attended: () => 'Fue atendida. La respuesta se le entregó por el medio que se indica.',
  denied: () => 'Fue negada, por la causa que se indica. La respuesta completa se le entregó.',
  forwarded: () => 'Se trasladó a la entidad competente para resolverla: ella le responde.',
  lapsed: () => 'Se entiende que usted desistió, porque el reclamo no se completó en dos meses. Puede presentar otro.',
}

export const followText = {
  title: (code: string) => `Solicitud ${code}`,
  crumb: 'Cómo va mi solicitud',
  intro: 'Escriba la clave que recibió al presentarla. Sin ella no se muestra nada.',
  secret: 'Clave',
  secretHelp: 'Doce letras y números, por ejemplo ABCD-EFGH-JKLM.',
  submit: 'Ver cómo va',
  unknown: 'No encontramos una solicitud con este código. Revise que esté bien escrito.',
  state: (status: RightsStatus, facts: { dueOn: string | null; completeBy: string | null }) => STATES[status](facts),
  factsTitle: 'Su solicitud',
  facts: {
    number: 'Número',
    what: 'Qué pidió',
    filed: 'Presentada',
    due: 'Respuesta, a más tardar',
    extended: 'Prórroga',
    identity: 'Identidad',
    cause: 'Causa',
    delivery: 'Respuesta entregada',
    receipt: 'Comprobante de la respuesta',
  },
  isExtended: 'Se prorrogó una vez; el motivo se le informó',
  identified: 'Comprobada',
  unidentified: 'Todavía no se ha comprobado: acérquese a un punto de atención con su documento, o espere la llamada',
  completeTitle: 'Completar el reclamo',
  completeIntro: 'Lo que falta se lo informaron por el medio de contacto que dio. Escríbalo aquí.',
  completion: 'Lo que le pidieron',
  kept: 'Lo que escribió sigue aquí: no se ha enviado.',
  complete: 'Enviar lo que falta',
  completed: 'Recibimos lo que faltaba: el término para responderle comienza hoy.',
}

export const rightsReceiptText = {
  crumb: 'Solicitud sobre datos personales',
  title: 'Este comprobante es auténtico',
  filed: (entity: string) => `La solicitud existe y la recibió ${entity}. Aquí no se muestra de quién es ni qué dice.`,
  decided: (entity: string) =>
    `Corresponde a lo que ${entity} decidió sobre una solicitud. Aquí no se muestra de quién es ni qué dice.`,
  facts: {
    entity: 'Entidad',
    kind: 'Clase',
    filed: 'Recibida',
    state: 'Estado',
    act: 'Decisión',
    by: 'Cargo que decidió',
    at: 'Fecha',
    method: 'Cómo se identificó',
  },
  acts: {
    identify: 'Comprobación de la identidad',
    require: 'Petición de completar el reclamo',
    extend: 'Prórroga del término',
    forward: 'Traslado',
    attend: 'Solicitud atendida',
    deny: 'Solicitud negada',
  } as Record<string, string>,
}
