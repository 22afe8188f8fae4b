/** MM-GAC-P-008 versión 2 (Santa Marta, vigente desde el 5 de julio de 2024): the document's own text, read by code. */
import type { Procedure } from '../../domain/procedures.ts'

const OGAC = 'Oficina de Gestión para la Atención al Ciudadano'
const OFICINA_TIC = 'Oficina TIC'
const JEFE_OGAC = 'Jefe de Oficina de Gestión para la Atención al Ciudadano'
const DIRECTOR_TIC = 'Director de las Tecnologías de la Información y Comunicaciones'

const INFORME_SEMESTRAL = 'Informe semestral de PQRSDf'
const INFORME_RENDICION = 'Informe de rendición de cuentas'
const INFORME_ANUAL = 'Informe anual de caracterización de ciudadanos y grupos de interés'

export const procedure: Procedure = {
  code: 'MM-GAC-P-008',
  version: 2,
  validFrom: '2024-07-05',
  title: 'Caracterización de ciudadanos y grupos de interés a través de canales de atención institucionales',
  process: 'Gestión para la Atención al Ciudadano',
  macroprocess: 'Macroproceso Misional',
  objective:
    'Identificar las características y necesidades de los ciudadanos, usuarios y grupos beneficiados o interesados en acceder a trámites, servicios, proyectos y programas de la Alcaldía Distrital de Santa Marta a través del portal PQRSD, con el fin de diseñar, implementar o ajustar la oferta de servicios institucionales, los instrumentos de transparencia y acceso a la información, las herramientas de participación y los mecanismos de rendición de cuentas a la población objetivo.',
  scope:
    'Inicia con la identificación de los objetivos, roles y responsabilidades de la caracterización y su alcance, hasta el establecimiento y publicación de la información de grupos o segmentos de ciudadanos, usuarios o grupos de interés con características similares.',
  leaders: ['Alcalde', 'Secretaría General', 'Jefe de Oficina de Atención al Ciudadano'],
  changes: [
    {
      version: 1,
      description:
        'Adopción del Procedimiento para la caracterización de ciudadanos y grupos de interés a través de los canales de atención institucionales, mediante Resolución 942 del 03 de noviembre de 2020, por medio de la cual se modifica el Mapa de Procesos de la Alcaldía.',
    },
    {
      version: 2,
      description:
        'Se actualizó el Procedimiento para la caracterización de ciudadanos y grupos de interés a través de los canales de atención institucionales, se establecieron nuevos responsables, se referenciaron nuevos registros y documentos relacionados.',
    },
  ],
  documentSignatures: [
    { role: 'elaboro', cargo: 'P.U - Oficina de Atención', date: '2024-06-26', mark: 'ORIGINAL FIRMADO' },
    {
      role: 'reviso',
      cargo: 'P.U. Oficina de Sistemas Integrados de Gestión',
      date: '2024-06-27',
      mark: 'ORIGINAL FIRMADO',
    },
    {
      role: 'aprobo',
      cargo: 'Jefe de Oficina de Atención al Ciudadano',
      date: '2024-07-03',
      mark: 'ORIGINAL FIRMADO',
    },
    { role: 'aprobo', cargo: 'Secretaria General', date: '2024-07-04', mark: 'ORIGINAL FIRMADO' },
  ],
  legalBasis: [
    'Ley 1712 de 2014, por medio de la cual se crea la Ley de Transparencia y del Derecho de Acceso a la Información Pública Nacional y se dictan otras disposiciones.',
    'Ley 1266 de 2008, por la cual se dictan las disposiciones generales del hábeas data y se regula el manejo de la información contenida en bases de datos personales, en especial la financiera, crediticia, comercial, de servicios y la proveniente de terceros países y se dictan otras disposiciones.',
    'Ley 1581 de 2012, por la cual se dictan disposiciones generales para la protección de datos personales.',
    'Decreto 2482 de 2012, por el cual se establecen los lineamientos generales para la integración de la planeación y la gestión.',
    'Conpes 3654 de 2010.',
    'Conpes 3785 de 2013.',
    'Guía para la caracterización de usuarios de las entidades públicas, Gobierno en línea (2011).',
    'Guía para la Caracterización de Ciudadano, DNP (2017).',
    'Guía de caracterización de ciudadanía y grupos de valor, Función Pública, V 4 (2022).',
  ],
  glossary: [
    {
      term: 'Calidad',
      definition: 'Grado en el que un conjunto de características inherentes de un objeto cumple con los requisitos.',
    },
    {
      term: 'Caracterizar',
      definition:
        'Determinar los atributos peculiares de alguien o de algo, de modo que claramente se distinga de los demás.',
    },
    {
      term: 'Gestión',
      definition:
        'Acción y efecto de administrar, organizar y poner en funcionamiento una empresa, actividad económica u organismo. Actividades coordinadas para dirigir y controlar una organización.',
    },
    {
      term: 'Grupos de interés',
      definition:
        'Individuos u organismos específicos que tienen un interés especial en la gestión y los resultados de las organizaciones públicas. Comprende, entre otros, instancias o espacios de participación ciudadana formales o informales.',
    },
    {
      term: 'Grupos de valor',
      definition:
        'Personas naturales (ciudadanos) o jurídicas (organizaciones públicas o privadas) a quienes van dirigidos los bienes y servicios de una entidad.',
    },
    {
      term: 'Caracterización de ciudadanos, usuarios o grupos de interés',
      definition:
        'Caracterizar hace referencia a identificar las particularidades de los ciudadanos, usuarios o grupos de interés con los cuales interactúa cada una de las entidades de la administración pública, con el fin de segmentarlos en grupos que compartan atributos similares y a partir de allí gestionar acciones para: (i) el diseño o adecuación de la oferta institucional, (ii) el establecimiento de una estrategia de implementación o mejora de canales de atención, (iii) el diseño de una estrategia de comunicaciones e información para la ciudadanía, (iv) el diseño de una estrategia de rendición de cuentas que incluya acciones pertinentes en materia de información, diálogo e incentivos, (v) el diseño e implementación de mecanismos de participación ciudadana en la gestión y en general (vi) la adecuada implementación y evaluación de políticas públicas.',
    },
    { term: 'Salida', definition: 'Resultado de un proceso.' },
    {
      term: 'Proceso',
      definition:
        'Conjunto de actividades mutuamente relacionadas o que interactúan, que utilizan las entradas para proporcionar un resultado previsto.',
    },
    { term: 'Necesidad', definition: 'Aquello a lo cual es imposible sustraerse, faltar o resistir.' },
    { term: 'Expectativa', definition: 'Posibilidad razonable de que algo suceda.' },
    { term: 'Requisito', definition: 'Necesidad o expectativa establecida, generalmente implícita u obligatoria.' },
    {
      term: 'Mecanismos de recolección de información',
      definition:
        'Son los métodos que se utilizan para recepcionar y registrar información de interés sobre una o varias variables de interés.',
    },
    {
      term: 'Encuesta',
      definition:
        'Las encuestas se clasifican como estudios observacionales, es decir, en el que el investigador no modifica el entorno ni controla el proceso que se encuentra bajo observación. Los datos se obtienen a partir de cuestionarios bien estructurados, definidos y dirigidos a la población objeto de estudio. Pueden realizarse presencialmente, a través de la cual la entidad obtiene también información del contexto espacial y la interacción del usuario con éste; virtual o telefónicamente para poder abarcar mayor número de personas, disminuir costos y obtener una respuesta ágil.',
    },
    {
      term: 'Canales de atención del ciudadano',
      definition:
        'Conjunto de medios de interacción ciudadana conformada por los canales presencial, virtual y telefónico dispuestos por la entidad prestadora de servicios y trámites.',
    },
    {
      term: 'Información recolectada en canales de atención o servicio al ciudadano',
      definition:
        'Al definir esta fuente no se debe limitar el concepto de punto de servicio a los centros de atención presencial de la entidad, sino que se puede extender a aquellos puntos de comunicación con los usuarios por diferentes canales: electrónicos, presenciales y no presenciales como chat virtual, call centers, centros de contacto, página web, portal de PQRSD y otros similares.',
    },
    {
      term: 'Plataforma de PQRSD',
      definition:
        'El buzón de sugerencias se define como un mecanismo de comunicación ascendente pues va desde el ciudadano, usuario o grupo de interés, hacia la organización con la que este se relaciona. Esta práctica es muy común por la implementación de los Sistemas de Peticiones, Quejas y Reclamos.',
    },
    {
      term: 'Observación directa',
      definition:
        'Esta herramienta consiste en la simple observación de los ciudadanos, usuarios o grupos de interés durante la interacción con la entidad.',
    },
    {
      term: 'Histogramas',
      definition:
        'Es una representación gráfica de una variable en forma de barras, donde la superficie de cada barra es proporcional a la frecuencia de los valores representados. Sirven para obtener una "primera vista" general, o panorama, de la distribución de la población, o de la muestra, respecto a una característica, cuantitativa y continua.',
    },
    {
      term: 'Gráfica circular',
      definition: 'Es un recurso estadístico que se utiliza para representar porcentajes y proporciones.',
    },
  ],
  purposes: [
    { code: 'oferta', text: 'El diseño o adecuación de la oferta institucional' },
    { code: 'canales', text: 'El establecimiento de una estrategia de implementación o mejora de canales de atención' },
    { code: 'comunicaciones', text: 'El diseño de una estrategia de comunicaciones e información para la ciudadanía' },
    {
      code: 'rendicion',
      text: 'El diseño de una estrategia de rendición de cuentas que incluya acciones pertinentes en materia de información, diálogo e incentivos',
    },
    {
      code: 'participacion',
      text: 'El diseño e implementación de mecanismos de participación ciudadana en la gestión',
    },
    { code: 'politicas', text: 'La adecuada implementación y evaluación de políticas públicas' },
  ],
  policies: [
    { code: 'servicio', text: 'Servicio al ciudadano' },
    { code: 'participacion', text: 'Participación ciudadana' },
    { code: 'rendicion', text: 'Rendición de cuentas' },
    { code: 'racionalizacion', text: 'Racionalización de trámites' },
    { code: 'gobierno_linea', text: 'Gobierno en línea' },
  ],
  priorSources: [
    { code: 'beneficiarios', text: 'Bases de datos de beneficiarios de la oferta institucional' },
    { code: 'pqrsd', text: 'Resultados de los informes de peticiones, quejas, reclamos, solicitudes y denuncias' },
    { code: 'previas', text: 'Resultados de ejercicios de caracterización previos' },
    { code: 'experiencia', text: 'Resultados de ejercicios de medición de la experiencia ciudadana, entre otros' },
  ],
  scopeQuestions: [
    {
      code: 'programas',
      text: '¿Se caracterizarán a los ciudadanos beneficiarios de un programa específico o de todos los programas de la Alcaldía Distrital?',
    },
    {
      code: 'empresas',
      text: '¿Se caracterizará a empresas u organizaciones que interactúan con la entidad por canales electrónicos de atención?',
    },
    {
      code: 'periodo',
      text: '¿Se caracterizará de manera parcial o a la totalidad de ciudadanos que han interactuado con la entidad en un periodo determinado?',
    },
    {
      code: 'organizaciones',
      text: '¿Se caracterizará a organizaciones sociales, académicas, gremiales u otras organizaciones de la sociedad que puedan participar en la gestión institucional o en los procesos de rendición de cuentas?',
    },
    {
      code: 'poblacionales',
      text: '¿Se caracteriza a un grupo poblacional o a los grupos poblacionales usuarios de un determinado servicio, trámite o programa institucional?',
    },
    {
      code: 'quejas',
      text: '¿Se caracteriza a los ciudadanos que presentaron quejas, reclamos o denuncias a través de los canales de atención?',
    },
    {
      code: 'peticiones',
      text: '¿Se caracteriza a los ciudadanos que presentaron peticiones o solicitudes a través de los canales de atención?',
    },
  ],
  variableCategories: [
    {
      code: 'GEO',
      text: 'Variable geográfica: Identifica la ubicación de grupos representativos que buscan acceder a la oferta de servicios y trámites de la entidad.',
    },
    {
      code: 'DEM',
      text: 'Variable demográfica: dan cuenta de las características generales de la población objetivo de la entidad. Para el análisis demográfico de la población se priorizaron aquellos datos relacionados con la identificación personal de los sujetos, edad, sexo, escolaridad y grupo poblacional al cual pertenecen.',
    },
    {
      code: 'INT',
      text: 'Variables intrínsecas: Permiten dar cuenta de las preferencias individuales de la población y de las preferencias comunes de los grupos de valor respecto de intereses, acceso - uso de canales de interlocución y conocimiento de los servicios de la entidad por parte de los mismos.',
    },
    {
      code: 'COM',
      text: 'Variable de comportamiento ciudadano: Aportan a la identificación de las motivaciones de la población para interactuar con la entidad, verificando niveles de uso (frecuencia de la interacción) y los intereses o beneficios que se buscan con esta.',
    },
    {
      code: 'REL',
      text: 'Relacionales: se refieren a aquellas variables que permiten conocer y establecer pautas y tendencias de relacionamiento o interacción de los grupos de valor con las entidades. Estas variables pueden ser temporales, es decir, identifican pautas y variaciones a lo largo del tiempo; y causales, asociadas a la identificación de cambios que se producen al modificar escenarios, estrategias de relacionamiento e incluso la oferta institucional.',
    },
    {
      code: 'TOR',
      text: 'Variables del tipo de organización: Cuando los usuarios o grupos de interés con los cuales interactúa la entidad son personas jurídicas, organizaciones u otras entidades de la administración pública, es interesante conocer las características generales asociadas a la constitución de estas organizaciones y su naturaleza. (Tamaño de la entidad, sector del cual depende, tipo de servicio que requiere, canales de atención utilizados).',
    },
    {
      code: 'COO',
      text: 'Variables de comportamiento organizacional: Estas variables están relacionadas con las acciones observadas en las organizaciones atendidas. Estas características buscan reconocer los procesos y criterios bajo los cuales las organizaciones generan interacciones con la entidad. Al ser cercanas a las motivaciones de la toma de decisión en la organización, permiten acercarse a los usuarios de manera oportuna y relevante.',
    },
  ],
  criteria: [
    {
      code: 'relevante',
      text: 'Relevantes: Relacionadas con el objetivo de la caracterización y aportan al cumplimiento de los objetivos del ejercicio, además, contienen información destacada sobre la oferta institucional.',
    },
    {
      code: 'economica',
      text: 'Económicas: están disponibles a un costo razonable, en tanto se ajustan a los recursos de los cuales dispone la entidad. De esta forma se asegura que el beneficio de contar con información es mayor al costo de recolección de esta.',
    },
    { code: 'medible', text: 'Medibles: pueden observarse o medirse para cada ciudadano, usuario o grupo de interés.' },
    {
      code: 'asociativa',
      text: 'Asociativas: permiten realizar segmentaciones. Estas variables deben asociarse o relacionarse con las necesidades de la mayoría de los usuarios de cada grupo para garantizar la relevancia.',
    },
    { code: 'consistente', text: 'Consistentes: variables cuyos resultados o valores permanecen en el tiempo.' },
  ],
  populationGroups: [
    { code: 'primera_infancia', text: 'Primera infancia' },
    { code: 'ninez_adolescencia', text: 'Niñez y adolescencia' },
    { code: 'jovenes', text: 'Jóvenes' },
    { code: 'adultos_mayores', text: 'Adultos mayores' },
    { code: 'mujeres', text: 'Mujeres' },
    { code: 'lgbt', text: 'Poblaciones LGBT' },
    { code: 'afro', text: 'Población afro' },
    { code: 'discapacidad', text: 'Población con discapacidad' },
    { code: 'habitante_calle', text: 'Población habitante de calle' },
    { code: 'victima', text: 'Poblaciones víctima' },
    { code: 'indigenas', text: 'Poblaciones indígenas' },
    { code: 'campesinas', text: 'Poblaciones campesinas' },
  ],
  techniques: [
    {
      code: 'encuestas',
      kind: 'qualitative',
      text: 'Encuestas e instrumentos de información propios aplicados en puntos de atención, en buzones de sugerencias, portal web institucional, redes sociales institucionales y otros.',
    },
    {
      code: 'redes',
      kind: 'qualitative',
      text: 'Estudio observacional en redes sociales institucionales analizando una gran cantidad de comentarios acerca de sus servicios y obtener las mejores ideas para realizar los ajustes necesarios.',
    },
    { code: 'portal_pqrsdf', kind: 'qualitative', text: 'Registros que arroja el portal de PQRSDF.' },
    {
      code: 'cuestionarios',
      kind: 'quantitative',
      text: 'Cuestionarios con preguntas cerradas o abiertas en los canales de información y atención institucionales.',
    },
    {
      code: 'escalas',
      kind: 'quantitative',
      text: 'Escalas de medición de actitudes incluidos en instrumentos de medición de la expectativa ciudadana.',
    },
    { code: 'indicadores', kind: 'quantitative', text: 'Indicadores.' },
  ],
  digitalRegisters: [
    { code: 'percepcion', text: 'Encuestas de percepción ciudadana' },
    { code: 'semestral', text: 'Informe semestral de PQRSDF' },
    { code: 'rendicion', text: 'Informe de rendición de cuentas' },
    { code: 'indicadores', text: 'Formato Hoja de vida de Indicadores (ME-SIG-F-006)' },
  ],
  actionLines: [
    {
      code: '1',
      text: 'Revisar y adecuar el lenguaje empleado para el acceso a la información sobre la oferta institucional',
    },
    { code: '2', text: 'Revisar y adecuar los canales utilizados para el acceso a la oferta institucional' },
    {
      code: '3',
      text: 'Revisar y fortalecer procesos y procedimientos para el acceso de trámites, servicios y para la entrega de información',
    },
    { code: '4', text: 'Revisar y fortalecer procesos de cualificación de servidores públicos' },
    { code: '5', text: 'Revisar y fortalecer los espacios de comunicación con los grupos de valor' },
    { code: '6', text: 'Revisar y adecuar la estrategia de comunicaciones e información para la ciudadanía' },
    {
      code: '7',
      text: 'Identificar y satisfacer las necesidades y expectativas de los ciudadanos en materia de información y diálogo',
    },
    {
      code: '8',
      text: 'Identificar y atender preferencias de canales de información y diálogo (presenciales y virtuales)',
    },
    {
      code: '9',
      text: 'Identificar usuarios de servicios, de organizaciones sociales y grupos de la ciudadanía con intereses específicos frente a la gestión institucional',
    },
    { code: '10', text: 'Identificar propuestas ciudadanas para la solución de problemas o innovación en la gestión' },
    {
      code: '11',
      text: 'Revisar y adecuar los contenidos de la información de rendición de cuentas priorizados según los públicos',
    },
    {
      code: '12',
      text: 'Identificar características generales de la población objetivo de trámites y servicios para el registro en el SUIT (sistema único de información de trámites)',
    },
    {
      code: '13',
      text: 'Identificar características de la población objetivo de trámites y servicios para racionalizar, simplificar o automatizar trámites',
    },
    { code: '14', text: 'Identificar posibles trámites que se convertirán en consultas de información' },
    { code: '15', text: 'Diseño de una adecuada estrategia de Rendición de Cuentas' },
    { code: '16', text: 'Identificar mecanismos o espacios de participación ciudadana efectivos' },
  ],
  relatedDocuments: [
    { name: 'Formato Hoja de vida de Indicadores', code: 'ME-SIG-F-006' },
    { name: INFORME_SEMESTRAL, code: null },
    { name: INFORME_RENDICION, code: null },
    { name: 'Encuestas de percepción ciudadana', code: null },
    { name: INFORME_ANUAL, code: null },
  ],
  duties: {
    profesional_ogac: 'Profesional OGAC',
    profesional_sig: 'Profesional SIG',
    profesional_tic: 'Profesional TIC',
    profesional_comunicaciones: 'Profesional de Comunicaciones',
    jefatura_ogac: 'Jefatura OGAC',
    direccion_tic: 'Dirección TIC',
    jefatura_comunicaciones: 'Comunicaciones Estratégicas',
    secretaria_general: 'Secretaría General',
    alcaldia: 'Alcaldía',
  },
  reviewerIsApprover: 'block',
  openComments: 'block',
  steps: [
    {
      code: '1',
      title: 'Identificar los objetivos y el alcance de la caracterización',
      description: [
        'El primer paso consiste en identificar y revisar las estrategias, mecanismos y herramientas que han sido empleadas para el levantamiento de información y dónde están los resultados de los datos de ejercicios anteriores.',
        'Tener en cuenta: 1. Bases de datos de beneficiarios de la oferta institucional. 2. Resultados de los informes de peticiones, quejas, reclamos, solicitudes y denuncias. 3. Resultados de ejercicios de caracterización previos. 4. Resultados de ejercicios de medición de la experiencia ciudadana, entre otros.',
        'Obtenido lo anterior formular el objetivo general y los objetivos específicos del ejercicio de caracterización, y el alcance orientado a fortalecer la relación del Estado con la ciudadanía y los objetivos específicos, estos deben responder a los resultados que desea alcanzar en cada una de las políticas y/o escenarios de relacionamiento con la ciudadanía.',
      ],
      areas: [OGAC],
      cargos: [JEFE_OGAC],
      registers: [],
      authors: ['profesional_ogac'],
      reviewers: ['profesional_sig'],
      approvers: [{ duty: 'jefatura_ogac', role: 'approver' }],
      policy: 'any',
      workingDays: 10,
      buildsOn: [],
      escalatesTo: 'secretaria_general',
      formVersion: 1,
    },
    {
      code: '2',
      title: 'Establecer variables y niveles de desagregación de la información',
      description: [
        'Se identifica cuáles son los tipos de variables o categorías que se deberán estudiar y cuál es el nivel de profundidad o desagregación de la información requerida.',
        'Se hace una priorización de las variables identificadas con el fin de escoger solamente aquellas que sean relevantes para el cumplimiento de los objetivos, deben ser fácilmente medibles y el beneficio de la información que aporta a la caracterización sea superior al costo de su recolección. Se debe tener en cuenta que las variables sean relevantes, económicas, medibles, asociativas, consistentes.',
      ],
      areas: [OGAC],
      cargos: [JEFE_OGAC],
      registers: [],
      authors: ['profesional_ogac'],
      reviewers: ['profesional_sig'],
      approvers: [{ duty: 'jefatura_ogac', role: 'approver' }],
      policy: 'any',
      workingDays: 10,
      buildsOn: ['1'],
      escalatesTo: 'secretaria_general',
      formVersion: 1,
    },
    {
      code: '3',
      title: 'Determinar los mecanismos de recolección de información',
      description: [
        'Se determinan los mecanismos de recolección de la información que servirán como insumo para la caracterización de los ciudadanos, usuarios o grupos de interés.',
        'Se debe revisar la información de registros digitales con los que cuenta la entidad debido a su interacción con los ciudadanos.',
        'Se pueden aplicar técnicas e instrumentos cualitativos para recolección de información. Asimismo, técnicas cuantitativas de recolección de información.',
      ],
      areas: [OGAC, OFICINA_TIC],
      cargos: [JEFE_OGAC, DIRECTOR_TIC],
      registers: [
        'Encuestas de percepción ciudadana',
        'Informe semestral de PQRSDF',
        INFORME_RENDICION,
        'Formato Hoja de vida de Indicadores (ME-SIG-F-006)',
      ],
      authors: ['profesional_ogac', 'profesional_tic'],
      reviewers: ['profesional_sig'],
      approvers: [
        { duty: 'jefatura_ogac', role: 'approver' },
        { duty: 'direccion_tic', role: 'approver' },
      ],
      policy: 'all',
      workingDays: 15,
      buildsOn: ['2'],
      escalatesTo: 'secretaria_general',
      formVersion: 1,
    },
    {
      code: '4',
      title:
        'Analizar la información y establecer grupos o segmentos de ciudadanos, usuarios o grupos de interés con características similares',
      description: [
        'Consiste en establecer el nivel de profundidad de la información. Para ello, identificar los sectores y segmentos para hacer las agrupaciones.',
        'El sector es una agrupación poblacional muy general, mientras que el segmento es una agrupación poblacional con características y necesidades comunes más específicas.',
        'Es recomendable que el nivel de profundidad de los ejercicios de caracterización llegue hasta el nivel de segmento, ya que esto permitirá contar con información más detallada para la toma de decisiones para adecuar los servicios, mejorar las estrategias de comunicación o facilitar la participación ciudadana, entre otros.',
      ],
      areas: [OGAC],
      cargos: [JEFE_OGAC],
      registers: [INFORME_SEMESTRAL],
      authors: ['profesional_ogac'],
      reviewers: ['profesional_sig'],
      approvers: [{ duty: 'jefatura_ogac', role: 'approver' }],
      policy: 'any',
      workingDays: 15,
      buildsOn: ['2', '3'],
      escalatesTo: 'secretaria_general',
      formVersion: 1,
    },
    {
      code: '5',
      title: 'Reportar la información',
      description: [
        'Se genera el reporte de la información por medio de los mecanismos de recolección seleccionados.',
        'El reporte contiene datos que facilitan el análisis, cruce y filtro de la información con miras a segmentar a los ciudadanos, usuarios o grupos de interés en grupos que tengan características similares.',
        'Se cuantifica los ciudadanos, usuarios o grupos de interés que comparten cada una de las variables de acuerdo a los objetivos planteados.',
        'Se elaboran histogramas para cada una de las variables o gráficas circulares.',
      ],
      areas: [OGAC, OFICINA_TIC],
      cargos: [JEFE_OGAC, DIRECTOR_TIC, 'Directora Oficina Asesora de Comunicaciones Estratégicas'],
      registers: [INFORME_SEMESTRAL, INFORME_RENDICION],
      authors: ['profesional_ogac', 'profesional_comunicaciones'],
      reviewers: ['profesional_sig'],
      approvers: [
        { duty: 'jefatura_ogac', role: 'approver' },
        { duty: 'direccion_tic', role: 'consent' },
        { duty: 'jefatura_comunicaciones', role: 'consent' },
      ],
      policy: 'principal_with_consent',
      workingDays: 10,
      buildsOn: ['1', '2', '3', '4'],
      escalatesTo: 'secretaria_general',
      formVersion: 1,
    },
    {
      code: '6',
      title: 'Elaboración del informe',
      description: [
        'Se realiza el informe de caracterización de ciudadanos, usuarios y grupos de interés con la información recolectada y los segmentos establecidos, este debe contener recomendaciones.',
      ],
      areas: [OGAC],
      cargos: [JEFE_OGAC],
      registers: [INFORME_SEMESTRAL, INFORME_RENDICION, INFORME_ANUAL],
      authors: ['profesional_ogac'],
      reviewers: ['profesional_sig'],
      approvers: [
        { duty: 'jefatura_ogac', role: 'approver' },
        { duty: 'secretaria_general', role: 'approver' },
      ],
      policy: 'in_order',
      workingDays: 15,
      buildsOn: ['1', '2', '3', '4', '5'],
      escalatesTo: 'alcaldia',
      yields: 'report',
      formVersion: 1,
    },
    {
      code: '7',
      title: 'Divulgar y socializar la información a las dependencias involucradas y a la ciudadanía',
      description: [
        'Se socializa la información a las dependencias interesadas, de modo que los resultados sean conocidos por las áreas comprometidas para mejorar la toma de decisiones y el diseño de intervenciones.',
        'Se debe asegurar que los resultados sean publicados como datos abiertos, facilitando la consulta interna y externa de esta información.',
        'La publicación de esta información debe cumplir con los requerimientos legales establecidos en la Ley 1266 de 2008, Ley 1581 de 2012 y otras relacionadas con la protección de datos personales, y que para facilitar el intercambio de los datos sigan con los lineamientos establecidos por Gobierno en línea en materia de uso de un lenguaje común de intercambio de información.',
      ],
      areas: ['Secretaría General', OGAC],
      cargos: ['Secretario General', JEFE_OGAC, DIRECTOR_TIC],
      registers: [INFORME_SEMESTRAL, INFORME_RENDICION, INFORME_ANUAL],
      authors: ['profesional_ogac'],
      reviewers: ['profesional_sig', 'direccion_tic'],
      approvers: [
        { duty: 'jefatura_ogac', role: 'approver' },
        { duty: 'secretaria_general', role: 'approver' },
      ],
      policy: 'in_order',
      workingDays: 5,
      buildsOn: ['6'],
      escalatesTo: 'alcaldia',
      yields: 'release',
      formVersion: 1,
    },
  ],
}
