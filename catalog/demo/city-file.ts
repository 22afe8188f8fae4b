/** Margins of the demonstration file: Tabla 1 and Tabla 2 of the Plan de Servicio al Ciudadano 2025 of Cali (S2.3, S2.4). */

/** Printed wherever the file, or anything made from it, is shown. */
export const DEMO_SENTENCE = 'datos de demostración con los márgenes del Plan de Servicio al Ciudadano 2025 de Cali'
/** The same as a note of its own. */
export const DEMO_NOTE = `D${DEMO_SENTENCE.slice(1)}.`

/** The second variant keeps the shape of the file but none of the published figures. */
export const DEMO_SENTENCE_VARIANT_2 = 'datos de demostración con márgenes inventados'

/** Suggested name of the generated file; it says that the data are for demonstration. */
export const DEMO_FILE_NAME = 'comunicaciones-2024-datos-de-demostracion-margenes-plan-servicio-cali-2025.csv'

export const CITY_FILE_TOTAL = 338_142

/** Bad records added to the good ones: 0.6 %. */
export const CITY_FILE_BAD_TOTAL = 2_029

export const CITY_FILE_COLUMNS = [
  'radicado',
  'fecha_radicacion',
  'trimestre',
  'semestre',
  'organismo',
  'tipo_comunicacion',
  'canal',
  'punto_atencion',
  'comuna',
  'zona',
  'tipo_persona',
  'tipo_documento',
  'numero_documento',
  'nombre',
  'correo',
  'telefono',
  'sexo',
  'grupo_etario',
  'estrato',
  'escolaridad',
  'grupo_poblacional',
  'discapacidad',
  'dias_respuesta',
  'calificacion',
  // Says in every record what the data are.
  'aviso',
] as const

export const QUARTERS = ['T1', 'T2', 'T3', 'T4'] as const

/** The six kinds of bad record, in the order in which the generator shares them out. */
export const BAD_RECORD_KINDS = [
  'wrong_column_count',
  'bad_date',
  'unknown_channel',
  'missing_agency',
  'non_numeric_days',
  'duplicate_radicado',
] as const
export type BadRecordKind = (typeof BAD_RECORD_KINDS)[number]

/** Share of each kind: the remainder of the division goes to the first ones. */
export function badRecordsPerKind(total: number): Record<BadRecordKind, number> {
  const base = Math.floor(total / BAD_RECORD_KINDS.length)
  const rest = total % BAD_RECORD_KINDS.length
  return Object.fromEntries(BAD_RECORD_KINDS.map((kind, i) => [kind, base + (i < rest ? 1 : 0)])) as Record<
    BadRecordKind,
    number
  >
}

export interface Margin {
  name: string
  counts: number[]
}

/** Tabla 1: communications received per organismo, T1 to T4 of 2024. */
export const TABLE_1: readonly Margin[] = margins(`
DESPACHO DEL ALCALDE;39;16;3;4
SECRETARIA DE GOBIERNO;865;577;575;600
DA GESTION JURIDICA PUBLICA;487;613;539;238
DA CONTROL INTERNO;38;21;19;15
DA CONTROL DISCIPLINARIO INTERNO;542;296;383;303
DA HACIENDA MUNICIPAL;14184;11369;10896;10166
DA PLANEACION MUNICIPAL;4145;3317;3012;2618
DA GESTION DEL MEDIO AMBIENTE;5873;5211;5451;4738
DA TIC;176;132;121;85
DA CONTRATACION PUBLICA;71;90;75;66
DA DESARROLLO E INNOVACION INSTITUCIONAL;5030;2648;3438;1792
SECRETARIA DE EDUCACION;2118;1531;1400;1051
SECRETARIA DE SALUD;8412;7279;6654;5990
SECRETARIA DE BIENESTAR SOCIAL;1696;1374;1224;1185
SECRETARIA DE VIVIENDA SOCIAL Y HABITAT;1051;1353;4935;1107
SECRETARIA DE CULTURA;1342;933;1105;811
SECRETARIA DE INFRAESTRUCTURA;1752;1580;1646;1341
SECRETARIA DE MOVILIDAD;38635;25437;26487;26366
SECRETARIA DE SEGURIDAD Y JUSTICIA;12718;8218;8459;9041
SECRETARIA DEL DEPORTE Y LA RECREACION;1749;1350;1277;1063
SECRETARIA DE GESTION DEL RIESGO;640;534;477;487
SECRETARIA DE PAZ Y CULTURA CIUDADANA;152;140;117;101
SECRETARIA DE DESARROLLO ECONOMICO;680;360;399;339
SECRETARIA DE TURISMO;137;135;118;121
SECRETARIA DE DESARROLLO TERRITORIAL Y PC;2187;1044;1659;774
UAE BIENES Y SERVICIOS;642;676;767;682
UAE SERVICIOS PUBLICOS MUNICIPALES;1241;683;739;791
UAE PROTECCION ANIMAL;315;179;131;148`)

/** Tabla 2: communications received per type, S1 and S2 of 2024. */
export const TABLE_2: readonly Margin[] = margins(`
Acción Cumplimiento;3;3
Acción Popular;0;2
Demanda;15;9
Denuncias sobre hechos de corrupción;9;14
Entes de Control;3246;3805
Incidente de Desacato;125;4
Informativa;109;3991
Otros;51276;41244
Petición entre Autoridades;13976;12539
Petición Prioritaria;678;748
Petición Consulta;1710;777
Petición de Información;7089;3134
Petición General;80130;68019
Queja;2959;744
Queja disciplinaria;59;296
Reclamo;2985;1027
Recurso Apelación;100;171
Recurso Reconsideración;49;99
Recurso Reposición;293;469
Solicitud;44;1
Solicitudes de revocatoria directa;1060;1828
Sugerencias;21;39
Tutela;5967;2149
Trámites y Otros procedimientos administrativos;12110;13017`)

function margins(text: string): Margin[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...counts] = line.split(';')
      return { name, counts: counts.map(Number) }
    })
}

/** Values of the other variables with their weight: plausible shares, no published source. */
export const CHANNELS: [string, number][] = [
  ['Presencial', 46],
  ['Telefónico', 8],
  ['Formulario web', 22],
  ['Chat asistido', 4],
  ['Correo electrónico', 20],
]
export const SERVICE_POINTS: [string, number][] = [
  ['CAM Sótano 1', 60],
  ['CALI 1 Terrón Colorado', 2],
  ['CALI 2 Vipasa', 3],
  ['CALI 3 San Antonio', 3],
  ['CALI 5 Rivera', 2],
  ['CALI 10 Guabal', 3],
  ['CALI 15 Vallado', 4],
  ['CALI 17 Limonar', 4],
  ['CALI 19 Cedro', 5],
  ['CALI 20 Siloé', 3],
  ['CALI 21 Desepaz', 3],
  ['Ventanilla Movilidad', 8],
]
export const PERSON_KINDS: [string, number][] = [
  ['Natural', 84],
  ['Jurídica', 11],
  ['Anónima', 5],
]
export const SEXES: [string, number][] = [
  ['Mujer', 53],
  ['Hombre', 45],
  ['Intersexual', 0.3],
  ['Sin información', 1.7],
]
export const AGE_GROUPS: [string, number][] = [
  ['14 a 17 años', 1],
  ['18 a 28 años', 19],
  ['29 a 40 años', 28],
  ['41 a 59 años', 33],
  ['60 años o más', 16],
  ['Sin información', 3],
]
export const STRATA: [string, number][] = [
  ['1', 21],
  ['2', 31],
  ['3', 29],
  ['4', 9],
  ['5', 7],
  ['6', 3],
]
export const SCHOOLING: [string, number][] = [
  ['Ninguna', 2],
  ['Primaria', 14],
  ['Secundaria', 37],
  ['Técnica o tecnológica', 25],
  ['Universitaria', 17],
  ['Posgrado', 5],
]
export const POPULATION_GROUPS: [string, number][] = [
  ['Ninguno', 80],
  ['Afrocolombiano', 11],
  ['Indígena', 1.2],
  ['Rrom', 0.02],
  ['Víctima del conflicto', 6],
  ['Campesino', 1.5],
  ['Migrante', 0.28],
]
export const DISABILITIES: [string, number][] = [
  ['Ninguna', 94.5],
  ['Física', 2.6],
  ['Visual', 1.2],
  ['Auditiva', 0.8],
  ['Intelectual', 0.4],
  ['Psicosocial', 0.4],
  ['Múltiple', 0.1],
]
export const RATINGS: [string, number][] = [
  ['Excelente', 60],
  ['Bueno', 22],
  ['Regular', 2],
  ['Malo', 1],
  ['', 15],
]
