/** Variables offered in step 2, by the seven categories of MM-GAC-P-008; codes equal the column codes of a mapped source. */
export type VariableCategory = 'GEO' | 'DEM' | 'INT' | 'COM' | 'REL' | 'TOR' | 'COO'

export interface CatalogVariable {
  code: string
  label: string
  category: VariableCategory
  kind: 'category' | 'number' | 'date' | 'text'
  /** Sensitive datum of Ley 1581 de 2012, art. 5: its use is justified and its zeros are suppressed too. */
  sensitive: boolean
  /** Identifies a person by itself: never analysed nor published, pseudonymized in the snapshot. */
  directIdentifier: boolean
  values?: readonly { code: string; label: string }[]
}

/** Moves with every change of the variables below: an approval names the version its codes belong to (model.md §2). */
export const VARIABLES_VERSION = 1

/** Short names of the categories, in the order of the procedure. */
export const CATEGORY_NAMES: Record<VariableCategory, string> = {
  GEO: 'Geográfica',
  DEM: 'Demográfica',
  INT: 'Intrínseca',
  COM: 'Comportamiento ciudadano',
  REL: 'Relacional',
  TOR: 'Tipo de organización',
  COO: 'Comportamiento organizacional',
}

const NO_INFORMA = { code: 'no_informa', label: 'No informa' }

const ZONA = coded({ urbana: 'Urbana', rural: 'Rural' })
const CANAL = coded({ presencial: 'Presencial', telefonico: 'Telefónico', virtual: 'Virtual' })
const TIPO_PERSONA = coded({ natural: 'Natural', juridica: 'Jurídica' })
const SEXO = [...coded({ mujer: 'Mujer', hombre: 'Hombre', intersexual: 'Intersexual' }), NO_INFORMA]
const IDENTIDAD = [
  ...coded({
    mujer: 'Mujer',
    hombre: 'Hombre',
    mujer_trans: 'Mujer trans',
    hombre_trans: 'Hombre trans',
    no_binaria: 'No binaria',
    otra: 'Otra',
  }),
  NO_INFORMA,
]
const ORIENTACION = [
  ...coded({
    heterosexual: 'Heterosexual',
    homosexual: 'Homosexual (gay/lesbiana)',
    bisexual: 'Bisexual',
    otra: 'Otra',
  }),
  NO_INFORMA,
]
const ETNICO = [
  { code: '1', label: 'Indígena' },
  { code: '2', label: 'Gitano/Rrom' },
  { code: '3', label: 'Raizal del archipiélago' },
  { code: '4', label: 'Palenquero de San Basilio' },
  { code: '5', label: 'Negro(a), mulato(a), afrodescendiente, afrocolombiano(a)' },
  { code: '6', label: 'Ningún grupo étnico' },
  { code: '9', label: 'No informa' },
]
const DISCAPACIDAD = [
  { code: '01', label: 'Física' },
  { code: '02', label: 'Visual' },
  { code: '03', label: 'Auditiva' },
  { code: '04', label: 'Intelectual' },
  { code: '05', label: '(P)sicosocial' },
  { code: '06', label: 'Sordoceguera' },
  { code: '07', label: 'Múltiple' },
  { code: '08', label: 'Sin discapacidad' },
]
const ESTRATO = [
  { code: '0', label: 'Sin estrato' },
  { code: '1', label: 'Bajo-bajo' },
  { code: '2', label: 'Bajo' },
  { code: '3', label: 'Medio-bajo' },
  { code: '4', label: 'Medio' },
  { code: '5', label: 'Medio-alto' },
  { code: '6', label: 'Alto' },
  { code: '9', label: 'No informa' },
]
const ESCOLARIDAD = [
  ...coded({
    ninguno: 'Ninguno',
    preescolar: 'Preescolar',
    primaria: 'Básica primaria',
    secundaria: 'Básica secundaria',
    media: 'Media',
    tecnico_laboral: 'Técnico laboral',
    tecnica_profesional: 'Técnica profesional',
    tecnologica: 'Tecnológica',
    universitaria: 'Universitaria',
    especializacion: 'Especialización',
    maestria: 'Maestría',
    doctorado: 'Doctorado',
  }),
  NO_INFORMA,
]
const CURSO_DE_VIDA = coded({
  primera_infancia: 'Primera infancia (0 a 5 años)',
  infancia: 'Infancia (6 a 11 años)',
  adolescencia: 'Adolescencia (12 a 17 años)',
  juventud: 'Juventud (18 a 28 años)',
  adultez: 'Adultez (29 a 59 años)',
  vejez: 'Vejez (60 años o más)',
})
const GRUPO_POBLACIONAL = [
  ...coded({
    primera_infancia: 'Primera infancia',
    ninez_adolescencia: 'Niñez y adolescencia',
    jovenes: 'Jóvenes',
    adultos_mayores: 'Adultos mayores',
    mujeres: 'Mujeres',
    lgbt: 'Poblaciones LGBT',
    afro: 'Población afro',
    discapacidad: 'Población con discapacidad',
    habitante_calle: 'Población habitante de calle',
    victima: 'Poblaciones víctima',
    indigenas: 'Poblaciones indígenas',
    campesinas: 'Poblaciones campesinas',
    migrante: 'Población migrante',
    firmante_paz: 'Firmante de paz o reincorporado',
    cabeza_hogar: 'Madre o padre cabeza de hogar',
    cuidador: 'Persona cuidadora',
    rural: 'Población rural',
    privada_libertad: 'Población privada de la libertad',
    ninguno: 'Ninguno',
  }),
  NO_INFORMA,
]
const CALIFICACION = coded({ MALO: 'Malo', REGULAR: 'Regular', BUENO: 'Bueno', EXCELENTE: 'Excelente' })
const TRIMESTRE = coded({
  T1: 'Primer trimestre',
  T2: 'Segundo trimestre',
  T3: 'Tercer trimestre',
  T4: 'Cuarto trimestre',
})
const SEMESTRE = coded({ S1: 'Primer semestre', S2: 'Segundo semestre' })
const TAMANO = coded({ micro: 'Micro', pequena: 'Pequeña', mediana: 'Mediana', grande: 'Grande' })
const NATURALEZA = coded({
  publica: 'Pública',
  privada: 'Privada',
  mixta: 'Mixta',
  esal: 'Entidad sin ánimo de lucro',
  comunitaria: 'Comunitaria (JAC)',
  academica: 'Académica',
  gremial: 'Gremial',
})

export const CATALOG_VARIABLES: readonly CatalogVariable[] = [
  category('municipio', 'Municipio (DIVIPOLA)', 'GEO'),
  category('comuna', 'Comuna, localidad o corregimiento', 'GEO'),
  category('barrio', 'Barrio o vereda', 'GEO'),
  category('zona', 'Zona', 'GEO', ZONA),
  category('punto_atencion', 'Punto de atención', 'GEO'),
  category('sede_principal', 'Sede principal de la organización', 'GEO'),
  category('cobertura_geografica', 'Cobertura geográfica de la organización', 'GEO'),

  category('tipo_persona', 'Tipo de persona', 'DEM', TIPO_PERSONA),
  category('tipo_documento', 'Tipo de documento', 'DEM'),
  identifier('numero_documento', 'Número de documento'),
  identifier('nombre', 'Nombre'),
  identifier('correo', 'Correo electrónico'),
  identifier('telefono', 'Teléfono'),
  category('sexo', 'Sexo', 'DEM', SEXO),
  category('grupo_etario', 'Grupo etario', 'DEM'),
  category('curso_vida', 'Curso de vida', 'DEM', CURSO_DE_VIDA),
  category('estrato', 'Estrato', 'DEM', ESTRATO),
  category('escolaridad', 'Escolaridad', 'DEM', ESCOLARIDAD),
  category('ocupacion', 'Ocupación', 'DEM'),
  category('estado_civil', 'Estado civil', 'DEM'),
  category('regimen_salud', 'Régimen de salud', 'DEM'),
  category('grupo_sisben', 'Grupo Sisbén', 'DEM'),
  category('lengua', 'Idioma o lengua', 'DEM'),
  sensitive('grupo_poblacional', 'Grupo poblacional', GRUPO_POBLACIONAL),
  sensitive('grupo_etnico', 'Grupo étnico', ETNICO),
  sensitive('discapacidad', 'Discapacidad', DISCAPACIDAD),
  sensitive('identidad_genero', 'Identidad de género', IDENTIDAD),
  sensitive('orientacion_sexual', 'Orientación sexual', ORIENTACION),

  category('canal', 'Canal de atención utilizado', 'INT', CANAL),
  category('intereses', 'Intereses', 'INT'),
  category('acceso_canales', 'Acceso a canales', 'INT'),
  category('conocimiento_servicios', 'Conocimiento de los servicios de la entidad', 'INT'),
  category('preferencia_canal', 'Canal preferido', 'INT', CANAL),

  category('tipo_comunicacion', 'Tipo de comunicación', 'COM'),
  category('organismo', 'Organismo al que se dirige', 'COM'),
  category('frecuencia_uso', 'Nivel de uso (frecuencia de la interacción)', 'COM'),
  category('beneficio_buscado', 'Beneficio buscado', 'COM'),
  category('motivacion', 'Motivación de la interacción', 'COM'),
  category('calificacion', 'Calificación de la atención', 'COM', CALIFICACION),

  category('anio', 'Año', 'REL'),
  category('trimestre', 'Trimestre', 'REL', TRIMESTRE),
  category('semestre', 'Semestre', 'REL', SEMESTRE),
  { ...category('fecha_radicacion', 'Fecha de radicación', 'REL'), kind: 'date' },
  { ...category('dias_respuesta', 'Días de respuesta', 'REL'), kind: 'number' },
  category('forma_relacion', 'Forma de relación entre organizaciones, asociaciones o redes', 'REL'),

  category('tamano_organizacion', 'Tamaño de la organización', 'TOR', TAMANO),
  category('naturaleza_juridica', 'Naturaleza jurídica', 'TOR', NATURALEZA),
  category('sector_organizacion', 'Sector del que depende', 'TOR'),
  category('servicio_requerido', 'Tipo de servicio que requiere', 'TOR'),

  category('procedimiento_usado', 'Procedimiento usado por la organización', 'COO'),
  category('responsable_interaccion', 'Responsable de la interacción', 'COO'),
  category('uso_organizacional', 'Nivel de uso de la organización', 'COO'),
  category('criterio_decision', 'Criterios de decisión', 'COO'),
]

export function findVariable(code: string): CatalogVariable | undefined {
  return CATALOG_VARIABLES.find((variable) => variable.code === code)
}

function category(
  code: string,
  label: string,
  family: VariableCategory,
  values?: CatalogVariable['values'],
): CatalogVariable {
  const plain = { code, label, category: family, kind: 'category', sensitive: false, directIdentifier: false } as const
  return values ? { ...plain, values } : plain
}

function sensitive(code: string, label: string, values: CatalogVariable['values']): CatalogVariable {
  return { ...category(code, label, 'DEM', values), sensitive: true }
}

function identifier(code: string, label: string): CatalogVariable {
  return { ...category(code, label, 'DEM'), kind: 'text', directIdentifier: true }
}

function coded(labels: Record<string, string>): { code: string; label: string }[] {
  return Object.entries(labels).map(([code, label]) => ({ code, label }))
}
