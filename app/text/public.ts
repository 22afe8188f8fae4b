import { formatDate } from './format.ts'
import { publicLogText } from './public-log.ts'

export const homeText = {
  title: 'Caracterización de ciudadanos y grupos de valor',
  intro:
    'Las entidades estudian cada año quiénes son las personas a las que atienden, qué necesitan y cómo prefieren ser atendidas. Aquí encuentra lo que ha publicado cada una y en qué va su ejercicio actual.',
  openData: 'Ver los datos abiertos',
  published: 'Publicado',
  nothingPublished: 'Esta entidad todavía no ha publicado resultados.',
  version: (version: number, publishedOn: string) => `versión ${version}, publicada el ${formatDate(publishedOn)}`,
  withdrawn: 'retirada',
  current: 'Ejercicio en curso',
  noCycle: 'No hay un ejercicio en curso.',
  cycle: (vigencia: number, approved: number) =>
    approved === 0
      ? `El ejercicio de ${vigencia} está en su primer paso de siete.`
      : `El ejercicio de ${vigencia} tiene ${approved} de 7 pasos aprobados.`,
  step: (code: string) => `Ahora se trabaja en el paso ${code}: ${STEP_WORDS[code] ?? ''}.`,
  none: 'Todavía no hay entidades registradas en esta instalación.',
}

/** The seven steps in a citizen's words. */
const STEP_WORDS: Record<string, string> = {
  '1': 'para qué se hace el estudio y hasta dónde llega',
  '2': 'qué características de las personas se van a estudiar',
  '3': 'de dónde se toma la información',
  '4': 'el análisis de la información y los grupos de personas',
  '5': 'el reporte de los resultados',
  '6': 'el informe con sus recomendaciones',
  '7': 'la publicación de los resultados',
}

export interface TextSection {
  /** Where a link leads into the page. */
  id?: string
  heading: string
  paragraphs: string[]
}

export const helpPage: { title: string; intro: string; sections: TextSection[] } = {
  title: 'Ayuda',
  intro: 'Cómo se lleva un ejercicio de caracterización y qué hacer cuando algo no sale como se espera.',
  sections: [
    {
      heading: '¿Qué hago primero?',
      paragraphs: [
        'Ingrese con su correo y contraseña. La página de inicio le dice qué hace su cargo y por dónde empezar.',
        '«Mi bandeja» muestra solo lo que usted puede atender ahora, con lo más urgente arriba y la razón por la que le corresponde.',
      ],
    },
    {
      heading: '¿Cómo avanza un ejercicio?',
      paragraphs: [
        'Son siete pasos, uno después de otro. En cada paso alguien elabora, otra persona revisa y otra aprueba. Al enviar un paso su contenido queda congelado: lo que se firma es exactamente lo que se envió.',
        'Quien revisa o aprueba puede devolver el paso con observaciones. Un paso aprobado se puede reabrir con una razón; los pasos posteriores que dependían de él quedan vencidos por cambio y se aprueban de nuevo.',
      ],
    },
    {
      heading: '¿Por qué no puedo aprobar?',
      paragraphs: [
        'Nadie aprueba lo que elaboró. En lugar del botón aparece una línea que dice la razón y a quién pedírselo.',
        'Tampoco se puede aprobar cuando todavía no es el turno de su cargo, cuando otra persona ya decidió o cuando el contenido cambió desde que usted lo abrió.',
      ],
    },
    {
      heading: '¿Cómo se cuentan los plazos?',
      paragraphs: [
        'En días hábiles: no cuentan sábados, domingos, festivos nacionales ni los días no laborables que la entidad haya registrado con su acto administrativo. Vencen a las 23:59:59, hora de Bogotá.',
        'Ejemplo: un plazo de 3 días hábiles que empieza un jueves antes de un lunes festivo vence el miércoles siguiente: viernes, martes y miércoles.',
      ],
    },
    {
      heading: '¿Qué significa «En trámite»?',
      paragraphs: [
        'Su decisión ya está guardada y se está terminando de registrar. No hace falta repetirla: se completa sola, incluso si el sistema se detuvo por un momento.',
      ],
    },
    {
      heading: '¿Por qué una celda dice «oculta»?',
      paragraphs: [
        'Cuando un grupo tiene menos personas que el mínimo de la entidad, su cifra no se muestra para que nadie pueda ser reconocido. A veces se oculta también otra celda, para que la primera no se pueda deducir de los totales.',
      ],
    },
    {
      id: 'pqrsd',
      heading: 'Peticiones, quejas, reclamos, sugerencias y denuncias (PQRSD)',
      paragraphs: [
        'Diríjalas a la entidad que publica los datos. La página de cada conjunto de datos abiertos dice qué oficina responde y a qué correo escribirle.',
        'La entidad responde en los términos de la Ley 1755 de 2015.',
      ],
    },
    {
      heading: 'Si algo falla',
      paragraphs: [
        'La página de error muestra un número de referencia. Infórmelo a la Administración del sistema: con él se encuentra en el registro lo que pasó.',
      ],
    },
  ],
}

export const accessibilityPage: typeof helpPage = {
  title: 'Declaración de accesibilidad',
  intro:
    'Este sitio se construye para cumplir el nivel AA de las pautas WCAG 2.1, que la Resolución 1519 de 2020 del MinTIC exige a las entidades públicas.',
  sections: [
    {
      heading: 'Lo que puede esperar',
      paragraphs: [
        'Todo se puede hacer con el teclado, con el foco siempre visible y un enlace para saltar al contenido.',
        'Los estados se dicen con palabra, icono y color; nunca solo con color. Cada gráfica tiene su tabla con las mismas cifras.',
        'Las páginas sirven con 200 % de aumento y en pantallas de 320 píxeles. Siguen el tema claro u oscuro de su equipo.',
        'Los formularios funcionan sin JavaScript y los errores dicen qué escribir.',
      ],
    },
    {
      heading: 'Los documentos',
      paragraphs: ['Los informes en PDF llevan título, idioma, etiquetas y textos alternativos (PDF/UA-1).'],
    },
    {
      heading: 'Si encuentra una barrera',
      paragraphs: [
        'Escriba a la oficina de atención al ciudadano de la entidad, con la dirección de la página y lo que intentaba hacer. La entidad responde en los términos del derecho de petición.',
      ],
    },
  ],
}

export const privacyPage: typeof helpPage = {
  title: 'Privacidad y datos personales',
  intro:
    'Cada entidad es responsable de los datos que usa para caracterizar a la ciudadanía, según la Ley 1581 de 2012 y su política de tratamiento.',
  sections: [
    {
      heading: 'Qué datos se usan y para qué',
      paragraphs: [
        'Para un ejercicio se usan registros que la entidad ya tiene, como las comunicaciones que recibe. Cada fuente dice quién responde por ella, su base legal, el periodo y qué tan sensible es.',
        'La finalidad es conocer a la ciudadanía como conjunto para mejorar la atención y los trámites; nunca decidir sobre una persona.',
      ],
    },
    {
      heading: 'Cómo se protegen',
      paragraphs: [
        'Los datos que identifican a una persona se reemplazan por códigos antes del análisis. Solo salen cifras de grupos, y se ocultan las de grupos pequeños.',
        'Nunca se publican registros de personas. Lo publicado son tablas agregadas.',
      ],
    },
    {
      heading: 'Sus derechos',
      paragraphs: [
        'Usted puede pedir conocer, actualizar, rectificar o suprimir sus datos ante la oficina de atención al ciudadano de la entidad. Si no está de acuerdo con la respuesta, puede acudir a la Superintendencia de Industria y Comercio.',
      ],
    },
    {
      heading: 'Cookies',
      paragraphs: [
        'Este sitio usa una sola cookie, que mantiene abierta la sesión de quien ingresa. Termina después de 30 minutos sin uso o de 10 horas. No hay cookies de publicidad ni de seguimiento.',
      ],
    },
  ],
}

export const siteMapText = {
  title: 'Mapa del sitio',
  intro: 'Las páginas que cualquier persona puede abrir, sin ingresar.',
  pages: [
    { to: '/', label: 'Inicio', about: 'qué ha publicado cada entidad y en qué va su ejercicio' },
    { to: '/datos-abiertos', label: 'Datos abiertos', about: 'los conjuntos publicados, con sus archivos y versiones' },
    { to: '/historia', label: publicLogText.title, about: publicLogText.about },
    {
      to: '/verificar',
      label: 'Verificar un documento',
      about: 'quién firmó un informe, cuándo y sobre qué contenido',
    },
    {
      to: '/mis-derechos',
      label: 'Mis derechos sobre mis datos',
      about: 'conocer, corregir o borrar los datos que una entidad tiene de usted, y ver cómo va lo que pidió',
    },
    { to: '/ayuda', label: 'Ayuda', about: 'cómo avanza un ejercicio y qué hacer si algo falla' },
    {
      to: '/ayuda#pqrsd',
      label: 'PQRSD',
      about: 'a quién dirigir peticiones, quejas, reclamos, sugerencias y denuncias',
    },
    { to: '/accesibilidad', label: 'Accesibilidad', about: 'qué puede esperar y cómo informar una barrera' },
    { to: '/privacidad', label: 'Privacidad y datos personales', about: 'qué datos se usan y cuáles son sus derechos' },
    { to: '/ingresar', label: 'Ingresar', about: 'para quienes trabajan en una entidad' },
  ],
}
