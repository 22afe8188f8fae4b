import { formatNumber } from './format.ts'

interface Suggestion {
  /** What this position does in the procedure, in one sentence. */
  role: string
  /** What to try first. */
  first: string
  to: string
  action: string
  others: { label: string; to: string }[]
}

/** Where the suggestion is the inbox and no task of an exercise is in it. */
const NOTHING_WAITS = {
  first: 'Ahora ningún paso espera por su cargo. Mire en qué va cada ejercicio: allí dice quién sigue y hasta cuándo.',
  to: '/ejercicios',
  action: 'Ver los ejercicios',
}

export const startText = {
  title: 'Inicio',
  greeting: (position: string) => `Buen día, ${position}`,
  firstTitle: 'Para empezar',
  moreTitle: 'También puede',
  demonstration: (sentence: string) =>
    `La demostración se está preparando (${sentence}). Puede trabajar mientras tanto; actualice la página para ver cómo avanza.`,
  waiting: ({ n, more }: { n: number; more: boolean }) =>
    n === 1 && !more
      ? 'En su bandeja hay 1 asunto que espera por usted.'
      : `En su bandeja hay ${more ? 'más de ' : ''}${formatNumber(n)} asuntos que esperan por usted.`,
}

const INBOX = { label: 'Ver su bandeja', to: '/bandeja' }
const CYCLES = { label: 'Ver los ejercicios y en qué paso van', to: '/ejercicios' }
const OPEN_DATA = { label: 'Ver lo que la entidad ha publicado', to: '/datos-abiertos' }

const SUGGESTIONS: Record<string, Suggestion> = {
  profesional_ogac: {
    role: 'Usted elabora los siete pasos del ejercicio de caracterización.',
    first:
      'Abra su bandeja: allí está el paso que espera por usted. Complete la lista de verificación y envíelo a revisión.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [{ label: 'Iniciar un ejercicio nuevo', to: '/ejercicios/nuevo' }, CYCLES],
  },
  profesional_sig: {
    role: 'Usted revisa lo que elabora la OGAC antes de que se apruebe.',
    first: 'Abra su bandeja, lea el contenido enviado y dé su revisión o devuélvalo con observaciones.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [CYCLES],
  },
  profesional_tic: {
    role: 'Usted adjunta las fuentes de datos del paso 3 y dice de quién son y para qué se pueden usar.',
    first: 'Abra su bandeja, entre al paso 3 y adjunte una fuente con su contrato y la correspondencia de columnas.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [CYCLES],
  },
  profesional_comunicaciones: {
    role: 'Usted elabora, con la OGAC, el reporte del paso 5.',
    first: 'Abra su bandeja y complete el reporte del ejercicio que va en el paso 5.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [CYCLES],
  },
  jefatura_ogac: {
    role: 'Usted aprueba los pasos del ejercicio; su aprobación es la firma de ese contenido exacto.',
    first: 'Abra su bandeja y decida lo que espera su aprobación: apruebe o devuelva con observaciones.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [{ label: 'Iniciar un ejercicio nuevo', to: '/ejercicios/nuevo' }, CYCLES],
  },
  direccion_tic: {
    role: 'Usted aprueba las fuentes de datos del paso 3, da su visto bueno al reporte y revisa los archivos que se publican.',
    first: 'Abra su bandeja: si el paso 3 espera su aprobación, revise la fuente y decida.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [CYCLES],
  },
  jefatura_comunicaciones: {
    role: 'Usted da el visto bueno al reporte del paso 5.',
    first: 'Abra su bandeja, lea el reporte que espera su visto bueno y decida.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [CYCLES, OPEN_DATA],
  },
  secretaria_general: {
    role: 'Usted aprueba el informe y la divulgación, y con esa última aprobación se publica.',
    first: 'Abra su bandeja: un informe espera su aprobación. Después mire lo que ya está publicado.',
    to: '/bandeja',
    action: 'Abrir mi bandeja',
    others: [{ label: 'Ver las publicaciones y sus versiones', to: '/publicaciones' }, CYCLES],
  },
  alcaldia: {
    role: 'Usted consulta el avance y los resultados de la caracterización.',
    first: 'Abra el ejercicio en curso para ver en qué paso va, quién responde y cuándo vence.',
    to: '/ejercicios',
    action: 'Ver los ejercicios',
    others: [OPEN_DATA],
  },
  control_interno: {
    role: 'Usted consulta todo lo que se hizo (quién decidió, sobre qué contenido y cuándo) y registra hallazgos.',
    first: 'Abra el ejercicio terminado y recorra su historia completa.',
    to: '/ejercicios',
    action: 'Ver los ejercicios',
    others: [
      { label: 'Registrar un hallazgo', to: '/mejora/hallazgo' },
      { label: 'Ver las publicaciones y sus versiones', to: '/publicaciones' },
    ],
  },
  administracion: {
    role: 'Usted administra personas, cargos, encargos y calendario. No decide en los procedimientos.',
    first: 'Abra la administración y registre un encargo: la persona encargada recibirá las tareas abiertas del cargo.',
    to: '/administracion',
    action: 'Abrir la administración',
    others: [CYCLES],
  },
  dependencia: {
    role: 'Su dependencia recibe los resultados de la caracterización y las recomendaciones que le corresponden.',
    first: 'Abra los ejercicios para ver en qué paso va la caracterización de este año.',
    to: '/ejercicios',
    action: 'Ver los ejercicios',
    others: [OPEN_DATA],
  },
}

/** What to try first, by the duty of the position one acts in and how many tasks of exercises wait for it. */
export function suggestionFor(duty: string, tasks: number): Suggestion {
  const suggestion = roleSuggestion(duty)
  if (tasks > 0 || suggestion.to !== INBOX.to) return suggestion
  const others = suggestion.others.filter(({ to }) => to !== NOTHING_WAITS.to)
  return { ...suggestion, ...NOTHING_WAITS, others: [...others, INBOX] }
}

function roleSuggestion(duty: string): Suggestion {
  return (
    SUGGESTIONS[duty] ?? {
      role: 'Su cargo consulta los ejercicios de caracterización de la entidad.',
      first: 'Abra los ejercicios para ver en qué paso van.',
      to: '/ejercicios',
      action: 'Ver los ejercicios',
      others: [INBOX],
    }
  )
}
