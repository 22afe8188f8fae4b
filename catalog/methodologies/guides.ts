import type { Methodology } from '../../domain/risk-methodology.ts'
import { ATTRIBUTES, EVIDENCE, IMPACT, MATRIX, PROBABILITY, typology, WEIGHTS, ZONES } from './scales.ts'

const TABLES = {
  ...{ probability: PROBABILITY, impact: IMPACT, matrix: MATRIX, zones: ZONES, questions: [] },
  ...{ residual: WEIGHTS, evidence: EVIDENCE, ...ATTRIBUTES },
}

/** Guía para la Gestión Integral del Riesgo en Entidades Públicas, versión 7: what an entity begins with. */
export const GUIDE_7: Methodology = {
  ...TABLES,
  code: 'guia_7',
  name: 'Guía de riesgos, versión 7',
  source: 'Función Pública, Guía para la Gestión Integral del Riesgo en Entidades Públicas, versión 7, agosto de 2025',
  typologies: [
    typology('gestion', 'Gestión'),
    typology('fiscal', 'Fiscal'),
    typology('seguridad', 'Seguridad de la información', { isAsset: true }),
    typology('integridad', 'Integridad pública', { isAcceptable: false }),
    typology('lavado', 'LA/FT/FP', { isAcceptable: false }),
  ],
}

/** Versión 6 (noviembre de 2022): the same tables, other typologies. */
export const GUIDE_6: Methodology = {
  ...TABLES,
  code: 'guia_6',
  name: 'Guía de riesgos, versión 6',
  source:
    'Función Pública, Guía para la administración del riesgo y el diseño de controles, versión 6, noviembre de 2022',
  typologies: [
    typology('gestion', 'Gestión'),
    typology('fiscal', 'Fiscal'),
    typology('seguridad', 'Seguridad de la información', { isAsset: true }),
  ],
}
