/** Tables that the guides v5 to v7 share (v7: Tablas 4 a 6, figura 18 y anexo 1; domain facts §2.2 to §2.5, §2.9, §2.10). */
import type { Methodology } from '../../domain/risk-methodology.ts'

export const PROBABILITY: Methodology['probability'] = [
  level('muy_baja', 'Muy Baja', 20, 0, 3, 'La actividad se ejecuta como máximo 2 veces por año'),
  level('baja', 'Baja', 40, 3, 25, 'La actividad se ejecuta de 3 a 24 veces por año'),
  level('media', 'Media', 60, 25, 501, 'La actividad se ejecuta de 25 a 500 veces por año'),
  level('alta', 'Alta', 80, 501, 5_001, 'La actividad se ejecuta de 501 a 5.000 veces por año'),
  level('muy_alta', 'Muy Alta', 100, 5_001, null, 'La actividad se ejecuta más de 5.000 veces por año'),
]

export const IMPACT: Methodology['impact'] = [
  harm('leve', 'Leve', 20, 0, 10, 'La imagen de alguna área de la entidad'),
  harm('menor', 'Menor', 40, 10, 50, 'La imagen interna: alta dirección, junta directiva, proveedores'),
  harm('moderado', 'Moderado', 60, 50, 100, 'La imagen ante usuarios de relevancia frente a los objetivos'),
  harm('mayor', 'Mayor', 80, 100, 500, 'Un efecto publicitario sostenido sectorial, departamental o municipal'),
  harm('catastrofico', 'Catastrófico', 100, 500, null, 'Un efecto publicitario sostenido a nivel nacional'),
]

export const MATRIX = ['BBMAE', 'BMMAE', 'MMMAE', 'MMAAE', 'AAAAE']

export const ZONES: Methodology['zones'] = [
  { code: 'B', name: 'Bajo', acceptedBy: 'jefatura_ogac', needsEvidence: false, reviewMonths: 12 },
  { code: 'M', name: 'Moderado', acceptedBy: 'alcaldia', needsEvidence: true, reviewMonths: 6 },
  { code: 'A', name: 'Alto', acceptedBy: null, needsEvidence: true, reviewMonths: 3 },
  { code: 'E', name: 'Extremo', acceptedBy: null, needsEvidence: true, reviewMonths: 1 },
]

export const WEIGHTS: Methodology['residual'] = {
  kind: 'weight',
  types: [
    { code: 'preventivo', name: 'Preventivo', weight: 25, axis: 'probability' },
    { code: 'detectivo', name: 'Detectivo', weight: 15, axis: 'probability' },
    { code: 'correctivo', name: 'Correctivo', weight: 10, axis: 'impact' },
  ],
  implementations: [
    { code: 'automatico', name: 'Automático', weight: 25 },
    { code: 'manual', name: 'Manual', weight: 15 },
  ],
  typologies: {},
}

/** What a control is worth without evidence in force: nothing; an entity's own version may say otherwise. */
export const EVIDENCE: Methodology['evidence'] = { current: 100, expired: 0, failed: 0, never: 0 }

export const ATTRIBUTES = {
  documentations: [
    { code: 'procedimientos', name: 'Documentado en procedimientos' },
    { code: 'sistemas', name: 'Documentado en sistemas de información' },
    { code: 'otros', name: 'Documentado en otros esquemas' },
    { code: 'sin_documentar', name: 'Sin documentar' },
  ],
  frequencies: [
    { code: 'continua', name: 'Continua: siempre que se ejecuta la actividad' },
    { code: 'aleatoria', name: 'Aleatoria: periódicamente' },
  ],
  records: [
    { code: 'manual', name: 'Con registro manual' },
    { code: 'electronico', name: 'Con registro electrónico' },
    { code: 'sin_registro', name: 'Sin registro' },
  ],
  executions: [
    { code: 'interna', name: 'Interna' },
    { code: 'externa', name: 'Externa' },
    { code: 'mixta', name: 'Mixta' },
  ],
  periodicities: [
    { code: 'diaria', name: 'Diaria', perYear: 365 },
    { code: 'semanal', name: 'Semanal', perYear: 52 },
    { code: 'quincenal', name: 'Quincenal', perYear: 24 },
    { code: 'mensual', name: 'Mensual', perYear: 12 },
    { code: 'bimensual', name: 'Bimensual', perYear: 6 },
    { code: 'trimestral', name: 'Trimestral', perYear: 4 },
    { code: 'cuatrimestral', name: 'Cuatrimestral', perYear: 3 },
    { code: 'semestral', name: 'Semestral', perYear: 2 },
    { code: 'anual', name: 'Anual', perYear: 1 },
    { code: 'al_materializarse', name: 'Cuando se materialice el riesgo', perYear: 0 },
  ],
  harms: [
    { code: 'economica', name: 'económica' },
    { code: 'reputacional', name: 'reputacional' },
    { code: 'ambas', name: 'económica y reputacional' },
  ],
  classifications: [
    { code: 'ejecucion', name: 'Ejecución y administración de procesos' },
    { code: 'fraude_externo', name: 'Fraude externo' },
    { code: 'fraude_interno', name: 'Fraude interno' },
    { code: 'fallas_tecnologicas', name: 'Fallas tecnológicas' },
    { code: 'relaciones_laborales', name: 'Relaciones laborales' },
    { code: 'usuarios', name: 'Usuarios, productos y prácticas' },
    { code: 'danos', name: 'Daños a activos fijos o eventos externos' },
  ],
  factors: [
    { code: 'procesos', name: 'Procesos' },
    { code: 'talento_humano', name: 'Talento humano' },
    { code: 'tecnologia', name: 'Tecnología' },
    { code: 'infraestructura', name: 'Infraestructura' },
    { code: 'evento_externo', name: 'Evento externo' },
    { code: 'transaccion', name: 'Transacción' },
  ],
  threats: [
    'Abuso de derechos',
    'Divulgación',
    'Corrupción de los datos',
    'Procesamiento ilegal de los datos',
    'Uso no autorizado',
  ],
  vulnerabilities: [
    'Ausencia de procedimiento de registro y retiro de usuarios',
    'Ausencia de proceso para supervisión de derechos de acceso',
    'Asignación errada de los derechos de acceso',
    'Ausencia de registros de auditoría',
  ],
  assetKinds: [
    { code: 'informacion', name: 'Información' },
    { code: 'software', name: 'Software' },
    { code: 'hardware', name: 'Hardware' },
    { code: 'servicios', name: 'Servicios' },
    { code: 'intangibles', name: 'Intangibles' },
    { code: 'red', name: 'Componentes de red' },
    { code: 'personas', name: 'Personas' },
    { code: 'instalaciones', name: 'Instalaciones' },
  ],
  properties: [
    { code: 'confidencialidad', name: 'la confidencialidad' },
    { code: 'integridad', name: 'la integridad' },
    { code: 'disponibilidad', name: 'la disponibilidad' },
  ],
}

const CAUSAL = 'Posibilidad de afectación {area} por {causa_inmediata} debido a {causa_raiz}'
const ASSET = 'Pérdida de {propiedad} de {activo} por {amenaza} debido a {vulnerabilidad}'

export function typology(code: string, name: string, extra: Partial<Methodology['typologies'][number]> = {}) {
  const isAsset = extra.isAsset ?? false
  return { code, name, wording: isAsset ? ASSET : CAUSAL, isAcceptable: true, appetite: 'B', ...extra, isAsset }
}

function level(code: string, name: string, percent: number, min: number, max: number | null, words: string) {
  return { code, name, percent, words, times: { min, max } }
}

function harm(code: string, name: string, percent: number, min: number, max: number | null, words: string) {
  return { code, name, percent, words, economic: { min, max }, yes: null }
}
