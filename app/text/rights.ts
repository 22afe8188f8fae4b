import type { Purpose } from '../../domain/capture-forms.ts'
import type {
  Delivery,
  DenialReason,
  IdentityMethod,
  RightsAim,
  RightsKind,
  RightsQuality,
  RightsStatus,
  RightsVerdict,
} from '../../domain/rights.ts'
import { formatDay, formatInstant } from './format.ts'

export const rightsStateText = {
  filed: 'En trámite',
  received: 'Por responder',
  incomplete: 'Por completar',
  attended: 'Atendida',
  denied: 'Negada',
  forwarded: 'Trasladada',
  lapsed: 'Desistida',
} satisfies Record<RightsStatus, string>

export const rightsKindText = { consultation: 'Consulta', claim: 'Reclamo' } satisfies Record<RightsKind, string>

export const rightsAimText = {
  access: 'Conocer los datos',
  correction: 'Corregir o actualizar los datos',
  withdrawal: 'Retirar una autorización',
  erasure: 'Borrar los datos',
  breach: 'Otro incumplimiento',
} satisfies Record<RightsAim, string>

export const rightsQualityText = {
  holder: 'Titular de los datos',
  representative: 'Representante o apoderado',
  heir: 'Heredero o causahabiente',
} satisfies Record<RightsQuality, string>

export const identityMethodText = {
  document_shown: 'Mostró su documento de identidad',
  document_copy: 'Envió copia de su documento y se comparó con los datos',
  call_back: 'Se le llamó y se confirmaron sus datos',
  power_shown: 'Mostró su documento y el poder o la representación legal',
  kinship_shown: 'Mostró su documento y la prueba del parentesco o la sucesión',
} satisfies Record<IdentityMethod, string>

/** Each with its ground in Ley 1581 de 2012 and Decreto 1377 de 2013. */
export const denialReasonText = {
  legal_duty: 'Hay un deber legal o contractual de conservar los datos (Decreto 1377 de 2013, artículo 9)',
  no_data: 'La entidad no tiene datos de esta persona',
  identity: 'No se pudo comprobar la identidad de quien la presentó',
  not_entitled: 'Quien la presentó no está legitimado para hacerlo (Decreto 1377 de 2013, artículo 20)',
  unfounded: 'Los hechos no muestran un error ni un incumplimiento',
} satisfies Record<DenialReason, string>

export const deliveryText = {
  in_person: 'En persona, en el punto de atención',
  post: 'Por correo certificado a la dirección que dio',
  mail: 'Por correo electrónico a la dirección que dio',
} satisfies Record<Delivery, string>

/** Where whoever is not content with the answer complains (Ley 1581 de 2012, artículo 16). */
export const COMPLAINT =
  'Si no está de acuerdo con la respuesta, puede presentar una queja ante la Superintendencia de Industria y Comercio (www.sic.gov.co), que protege los datos personales.'

const VERDICTS: Record<RightsVerdict, string> = {
  identify: 'Comprobó la identidad',
  require: 'Pidió completar el reclamo',
  extend: 'Prorrogó el término',
  forward: 'Trasladó la solicitud',
  attend: 'Atendió la solicitud',
  deny: 'Negó la solicitud',
}

/** Pages of citizens' requests inside the entity (`/derechos`). */
export const rightsText = {
  title: 'Derechos sobre los datos personales',
  crumb: 'Derechos',
  intro:
    'Consultas y reclamos de la ciudadanía sobre sus datos personales (Ley 1581 de 2012). Lo que cada persona escribió solo lo abre quien responde, y cada vez queda registrado.',
  caption: 'Solicitudes, primero las últimas que llegaron',
  columns: { number: 'Número', kind: 'Qué pide', filed: 'Recibida', due: 'Vence', status: 'Estado' },
  open: (number: string) => `Abrir la solicitud ${number}`,
  receive: 'Recibir una solicitud',
  stateLabel: 'Estado de la solicitud',
  anyState: 'Todos los estados',
  emptyTitle: 'Todavía no hay solicitudes',
  empty: 'Aquí aparecen las que lleguen por la página pública y las que usted reciba en un punto de atención.',
  noneTitle: 'Ninguna solicitud tiene ese estado',
  none: 'Quite el filtro para ver las demás.',
  seeAll: 'Ver todas',
}

export const requestText = {
  title: (number: string) => `Solicitud ${number}`,
  states: {
    filed: () => 'Se está registrando: en un momento comienza su término.',
    received: (dueOn: string) => `Espera respuesta hasta el ${formatDay(dueOn)}.`,
    incomplete: (until: string) =>
      `Se le pidió al ciudadano que complete el reclamo. Si no lo hace hasta el ${formatDay(until)}, se entiende que desiste.`,
    attended: () => 'Se atendió y la respuesta se entregó. No hay nada más que hacer.',
    denied: () => 'Se negó con su causa y la respuesta se entregó. No hay nada más que hacer.',
    forwarded: () => 'Se trasladó a la entidad competente. No hay nada más que hacer.',
    lapsed: () => 'El ciudadano no completó el reclamo en dos meses: se entiende que desistió.',
  },
  factsTitle: 'La solicitud',
  facts: {
    kind: 'Clase',
    aim: 'Qué pide',
    quality: 'Quién la presenta',
    channel: 'Cómo llegó',
    filed: 'Recibida',
    identity: 'Identidad',
    legend: 'Leyenda',
    forward: 'Traslado, si no es de la entidad',
    require: 'Pedir que la completen',
    denial: 'Causa',
    delivery: 'Entrega de la respuesta',
  },
  kindWith: (kind: RightsKind) =>
    kind === 'claim' ? 'Reclamo (Ley 1581 de 2012, artículo 15)' : 'Consulta (Ley 1581 de 2012, artículo 14)',
  web: 'Por la página pública',
  point: (who: string) => `En persona: la recibió ${who}`,
  identified: (method: string, at: Date) => `${method}, ${formatInstant(at)}`,
  unidentified: 'Sin comprobar',
  legend: 'Reclamo en trámite: queda anotado desde su recibo y hasta que se decida',
  until: (day: string) => `Hasta el ${formatDay(day)}`,
  underway: 'Una decisión se está registrando. Recargue la página en un momento.',
  dataTitle: 'Lo que escribió el ciudadano',
  dataIntro:
    'Son datos personales: se muestran solo para responder, y cada vez que se abren queda registrado quién y cuándo.',
  openData: 'Ver los datos',
  forgotten: 'Estos datos ya no se pueden leer: su clave se destruyó.',
  data: {
    holder: 'De quién son los datos',
    requester: 'Quién la presenta',
    email: 'Correo',
    phone: 'Teléfono',
    address: 'Dirección',
    facts: 'Lo que cuenta y pide',
  },
  none: 'No lo dio',
  texts: {
    identify: 'Nota sobre la identidad',
    require: 'Lo que se le pidió completar',
    completion: 'Lo que el ciudadano completó',
    extend: 'Motivo de la prórroga',
    forward: 'Traslado',
    attend: 'Respuesta',
    deny: 'Respuesta',
  } as Record<string, string>,
  forms: {
    identify: {
      title: 'Comprobar la identidad',
      intro:
        'Nadie recibe, cambia ni borra datos de otra persona: antes de atender la solicitud, compruebe quién la presenta.',
      method: '¿Cómo la comprobó?',
      text: 'Qué vio o con quién habló',
      submit: 'Registrar la identidad',
    },
    require: {
      title: 'Pedir que completen el reclamo',
      intro:
        'Se pide una vez, dentro de los cinco días hábiles siguientes al recibo. El término se suspende hasta que el ciudadano responda.',
      text: 'Qué le falta',
      submit: 'Pedir que lo completen',
    },
    extend: {
      title: 'Prorrogar el término',
      intro: (days: number) =>
        `Se puede una sola vez y antes de que venza: añade ${days} días hábiles, contados desde el vencimiento. El motivo se le informa al ciudadano.`,
      text: 'Motivo, como se le informará',
      submit: 'Prorrogar',
    },
    forward: {
      title: 'Trasladar a quien es competente',
      intro:
        'Si la entidad no es competente para resolver, se traslada en dos días hábiles y se le informa al ciudadano.',
      text: 'A quién se traslada y por qué',
      submit: 'Trasladar',
    },
    attend: {
      title: 'Atender la solicitud',
      intro: 'Escriba la respuesta como la recibirá el ciudadano y diga cómo se le entregó.',
      text: 'Respuesta',
      submit: 'Firmar y atender',
    },
    deny: {
      title: 'Negar la solicitud',
      intro: 'La respuesta dice la causa y dónde quejarse: la Superintendencia de Industria y Comercio.',
      denial: '¿Por qué se niega?',
      text: 'Respuesta',
      submit: 'Firmar y negar',
    },
  },
  erasure:
    'Al firmar se destruye la clave de los datos de esta persona: nadie podrá leerlos, y no se puede deshacer. Lo que escribió en la solicitud se destruye quince días hábiles después.',
  purposes: 'Autorizaciones que se retiran',
  corrections: 'Datos que se corrigen',
  correctionsHelp:
    'Quedan así en todos los registros de esta persona que los tengan. El documento de identidad se corrige en el punto de atención.',
  datum: (n: number) => `Dato ${n}`,
  noDatum: 'Ninguno',
  value: (n: number) => `Cómo debe quedar el dato ${n}`,
  others: 'Pedir que la completen, prorrogar o trasladar',
  delivery: '¿Cómo se entregó la respuesta?',
  completeTitle: 'Registrar lo que el ciudadano completó',
  completeIntro:
    'Si lo trajo en persona o lo dijo por teléfono, regístrelo aquí: el término comienza de nuevo ese día.',
  completion: 'Lo que completó',
  complete: 'Registrar y seguir',
  see: 'Ver la solicitud',
  /** Ends the sentence «En trámite: …». */
  asked: {
    identify: 'la comprobación de la identidad',
    require: 'la petición de completar el reclamo',
    extend: 'la prórroga del término',
    forward: 'el traslado de la solicitud',
    attend: 'la respuesta a la solicitud',
    deny: 'la negación de la solicitud',
  } satisfies Record<RightsVerdict, string>,
  signatures: 'Lo que se decidió',
  said: (kind: RightsVerdict, position: string) => `${VERDICTS[kind]}: ${position}`,
  receipt: (code: string) => `Comprobante ${code}`,
  history: 'Historia',
  done: {
    recibida: 'La solicitud quedó recibida. Entregue al ciudadano el código y la clave.',
    identify: 'La identidad quedó registrada.',
    require: 'Se pidió completar el reclamo: el término queda suspendido.',
    extend: 'El término quedó prorrogado.',
    forward: 'La solicitud quedó trasladada.',
    attend: 'La solicitud quedó atendida.',
    deny: 'La solicitud quedó negada.',
    completada: 'Lo que completó el ciudadano quedó registrado.',
    tramite: 'Su decisión quedó guardada y se está registrando: en un momento aparecerá aquí.',
  } as Record<string, string>,
}

/** The copy of one's data (Ley 1581 de 2012, artículo 14). */
export const copyText = {
  title: 'Copia de los datos',
  link: 'Preparar la copia de los datos',
  state: (entity: string, number: string) =>
    `Lo que ${entity} tiene de la persona que presentó la solicitud ${number}, como está hoy. Se le entrega a ella y a nadie más.`,
  intro:
    'Al abrirla, cada registro queda anotado como leído para atender esta solicitud. Imprímala y entréguela; no se guarda.',
  open: 'Abrir la copia',
  print: 'Imprima esta página, en papel o en PDF, y entréguela.',
  record: (code: string, form: string) => `${form}, registro ${code}`,
  captured: (point: string, vigencia: number, at: string) => `Registrado en ${point}, vigencia ${vigencia}, ${at}.`,
  purposes: {
    caracterizacion: 'Caracterización',
    sensibles: 'Datos sensibles',
    contacto: 'Contacto',
  } satisfies Record<Purpose, string>,
}

export const waitingRightsText = {
  title: 'Solicitudes sobre datos personales',
  line: (number: string, kind: RightsKind, dueOn: string | null) =>
    `${rightsKindText[kind]} ${number}${dueOn ? `: responder hasta el ${formatDay(dueOn)}` : ''}`,
  open: 'Responder',
  openOf: (number: string) => `Responder la solicitud ${number}`,
}
