import type { Methodology } from '../../domain/risk-methodology.ts'
import { ATTRIBUTES, EVIDENCE, typology } from './scales.ts'

const QUESTIONS = [
  '¿Afectar al grupo de funcionarios del proceso?',
  '¿Afectar el cumplimiento de metas y objetivos de la dependencia?',
  '¿Afectar el cumplimiento de la misión de la entidad?',
  '¿Afectar el cumplimiento de la misión del sector al que pertenece la entidad?',
  '¿Generar pérdida de confianza de la entidad, afectando su reputación?',
  '¿Generar pérdida de recursos económicos?',
  '¿Afectar la generación de los productos o la prestación de servicios?',
  '¿Dar lugar al detrimento de la calidad de vida de la comunidad?',
  '¿Generar pérdida de información de la entidad?',
  '¿Generar intervención de los órganos de control o de la Fiscalía?',
  '¿Dar lugar a procesos sancionatorios?',
  '¿Dar lugar a procesos disciplinarios?',
  '¿Dar lugar a procesos fiscales?',
  '¿Dar lugar a procesos penales?',
  '¿Generar pérdida de credibilidad del sector?',
  '¿Ocasionar lesiones físicas o pérdida de vidas humanas?',
  '¿Afectar la imagen regional?',
  '¿Afectar la imagen nacional?',
  '¿Generar daño ambiental?',
]
/** All four, or it is no risk of corruption (domain facts §2.11). */
const DEFINITION = [
  { code: 'accion', text: '¿Alguien hace algo indebido o deja de hacer lo que debe (acción u omisión)?' },
  { code: 'poder', text: '¿Lo hace usando el poder de su cargo?' },
  { code: 'desvio', text: '¿Así se desvía la gestión de lo público?' },
  { code: 'beneficio', text: '¿Es para un beneficio privado, propio o de otra persona?' },
]
const NO: Option = ['no', 'No', 0]

/** Lives lost weigh more than any count (pregunta 16). */
const DECISIVE = 16

/** Corruption as the guides v4 to v6 measure it, to read and keep the maps that were made so (domain facts §2.11). */
export const CORRUPTION: Methodology = {
  code: 'corrupcion',
  name: 'Riesgos de corrupción, guías 4 a 6',
  source: 'Función Pública, Guía para la administración del riesgo, versiones 4 a 6, riesgos de corrupción',
  probability: [
    chance('rara_vez', 'Rara vez', 20, 'No se ha presentado en los últimos 5 años'),
    chance('improbable', 'Improbable', 40, 'Al menos una vez en los últimos 5 años'),
    chance('posible', 'Posible', 60, 'Al menos una vez en los últimos 2 años'),
    chance('probable', 'Probable', 80, 'Al menos una vez en el último año'),
    chance('casi_seguro', 'Casi seguro', 100, 'Más de una vez al año'),
  ],
  impact: [
    counted('moderado', 'Moderado', 60, 0, 6, 'De una a cinco preguntas con respuesta afirmativa'),
    counted('mayor', 'Mayor', 80, 6, 12, 'De seis a once preguntas con respuesta afirmativa'),
    counted('catastrofico', 'Catastrófico', 100, 12, null, 'De doce a diecinueve preguntas con respuesta afirmativa'),
  ],
  questions: QUESTIONS.map((text, i) => ({ code: `p${i + 1}`, text, isDecisive: i + 1 === DECISIVE })),
  definition: DEFINITION,
  matrix: ['MAE', 'MAE', 'AEE', 'AEE', 'EEE'],
  zones: [
    { code: 'M', name: 'Moderado', acceptedBy: null, needsEvidence: true, reviewMonths: 4 },
    { code: 'A', name: 'Alto', acceptedBy: null, needsEvidence: true, reviewMonths: 4 },
    { code: 'E', name: 'Extremo', acceptedBy: null, needsEvidence: true, reviewMonths: 4 },
  ],
  typologies: [typology('corrupcion', 'Corrupción', { isAcceptable: false, appetite: 'M' })],
  residual: {
    kind: 'score',
    criteria: [
      asked('responsable', '¿Hay un responsable asignado?', [['si', 'Asignado', 15], NO]),
      asked('autoridad', '¿Tiene autoridad y segregación de funciones adecuadas?', [['si', 'Adecuado', 15], NO]),
      asked('periodicidad', '¿La oportunidad de la ejecución ayuda a prevenir o detectar?', [
        ['si', 'Oportuna', 15],
        NO,
      ]),
      asked('proposito', '¿Para qué se ejecuta?', [['prevenir', 'Prevenir', 15], ['detectar', 'Detectar', 10], NO]),
      asked('como', '¿La fuente de información es confiable?', [['si', 'Confiable', 15], NO]),
      asked('desviaciones', '¿Las desviaciones se investigan y resuelven?', [['si', 'Se investigan', 15], NO]),
      asked('evidencia', '¿Se deja evidencia de la ejecución?', [
        ['completa', 'Completa', 10],
        ['incompleta', 'Incompleta', 5],
        NO,
      ]),
    ],
    grades: [
      { code: 'fuerte', name: 'Fuerte', from: 96, counts: 100, levels: 2 },
      { code: 'moderado', name: 'Moderado', from: 86, counts: 50, levels: 1 },
      { code: 'debil', name: 'Débil', from: 0, counts: 0, levels: 0 },
    ],
  },
  evidence: EVIDENCE,
  ...ATTRIBUTES,
}

function chance(code: string, name: string, percent: number, words: string) {
  return { code, name, percent, words, times: null }
}

function counted(code: string, name: string, percent: number, min: number, max: number | null, words: string) {
  return { code, name, percent, words, economic: null, yes: { min, max } }
}

type Option = readonly [code: string, name: string, points: number]

function asked(code: string, question: string, options: readonly Option[]) {
  return { code, question, options: options.map(([one, name, points]) => ({ code: one, name, points })) }
}
