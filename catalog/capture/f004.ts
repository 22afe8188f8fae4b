import type { CaptureDefinition } from '../../domain/capture-forms.ts'
import { MINOR_DOCUMENTS, WITHOUT_DOCUMENT } from '../../domain/citizens.ts'
import {
  BENEFIT,
  choicesOf,
  coded,
  FREQUENCY,
  KNOWLEDGE,
  MOTIVE,
  MUNICIPALITY,
  NATURAL_DOCUMENTS,
  OTHER_MUNICIPALITY,
} from './choices.ts'

const WITH_DOCUMENT = NATURAL_DOCUMENTS.map(({ code }) => code).filter((code) => code !== WITHOUT_DOCUMENT)

/** DUB, persona natural: variables demográficas, geográficas, intrínsecas and de comportamiento (circular, S0.6). */
export const F004: CaptureDefinition = {
  code: 'F004',
  formatCode: 'MAGT04.05.P001.F004',
  version: 1,
  title: 'Persona natural',
  person: 'natural',
  groups: [
    {
      code: 'identificacion',
      title: 'Identificación',
      help: 'Si la persona no tiene documento o no quiere mostrarlo, elija «Sin identificación».',
      fields: [
        {
          code: 'tipo_documento',
          label: 'Tipo de documento',
          kind: 'select',
          choices: NATURAL_DOCUMENTS,
          forced: true,
        },
        {
          ...{ code: 'numero_documento', label: 'Número de documento', kind: 'text', maxLength: 30, check: 'document' },
          help: 'Sin puntos ni espacios.',
          when: { field: 'tipo_documento', equals: WITH_DOCUMENT },
          ...{ forced: true, identifies: true },
        },
        {
          ...{ code: 'autoriza_representante', label: '¿Autoriza su representante legal, presente ahora?' },
          help: 'A una persona menor de edad solo se le pregunta si su representante legal autoriza y se la escucha (Ley 1581 de 2012, artículo 7).',
          ...{ kind: 'yesno', mustBe: 'si', forced: true },
          when: { field: 'tipo_documento', equals: MINOR_DOCUMENTS },
        },
        { code: 'nombre', label: 'Nombres y apellidos', kind: 'text', maxLength: 120, identifies: true },
      ],
    },
    {
      code: 'demograficas',
      title: 'Datos demográficos',
      fields: [
        { code: 'edad', label: 'Edad en años cumplidos', kind: 'integer', min: 0, max: 120 },
        { code: 'sexo', label: 'Sexo', kind: 'radio', choices: choicesOf('sexo') },
        { code: 'escolaridad', label: 'Escolaridad', kind: 'select', choices: choicesOf('escolaridad') },
        { code: 'estrato', label: 'Estrato', kind: 'select', choices: choicesOf('estrato') },
        {
          ...{ code: 'ocupacion', label: 'Ocupación', kind: 'select' },
          choices: coded({
            empleo: 'Trabaja con empleo',
            independiente: 'Trabaja por su cuenta',
            estudio: 'Estudia',
            hogar: 'Oficios del hogar',
            busqueda: 'Busca trabajo',
            pension: 'Pensión',
            otra: 'Otra',
          }),
        },
      ],
    },
    {
      code: 'geograficas',
      title: 'Dónde vive',
      fields: [
        { code: 'municipio', label: 'Municipio', kind: 'select', choices: MUNICIPALITY },
        {
          ...{ code: 'municipio_otro', label: 'Código DIVIPOLA del municipio', kind: 'text', maxLength: 5 },
          help: 'Cinco dígitos, por ejemplo 05001 para Medellín.',
          check: 'divipola',
          when: { field: 'municipio', equals: OTHER_MUNICIPALITY },
        },
        { code: 'zona', label: 'Zona', kind: 'radio', choices: choicesOf('zona') },
        { code: 'comuna', label: 'Comuna, localidad o corregimiento', kind: 'text', maxLength: 80 },
        { code: 'barrio', label: 'Barrio o vereda', kind: 'text', maxLength: 80 },
      ],
    },
    {
      code: 'intrinsecas',
      title: 'Canales y conocimiento de la entidad',
      fields: [
        { code: 'canal', label: 'Canal por el que lo atienden hoy', kind: 'radio', choices: choicesOf('canal') },
        {
          code: 'preferencia_canal',
          label: 'Canal que prefiere',
          kind: 'radio',
          choices: choicesOf('preferencia_canal'),
        },
        {
          ...{ code: 'acceso_canales', label: 'Medios a los que tiene acceso', kind: 'checkboxes' },
          choices: coded({
            telefono: 'Teléfono',
            internet: 'Internet',
            correo: 'Correo electrónico',
            ninguno: 'Ninguno',
          }),
        },
        {
          ...{ code: 'conocimiento_servicios', label: '¿Conocía el servicio antes de venir?', kind: 'radio' },
          choices: KNOWLEDGE,
        },
      ],
    },
    {
      code: 'comportamiento',
      title: 'Cómo usa los servicios',
      fields: [
        { code: 'frecuencia_uso', label: 'Con qué frecuencia acude a la entidad', kind: 'select', choices: FREQUENCY },
        { code: 'motivacion', label: 'A qué vino hoy', kind: 'select', choices: MOTIVE },
        { code: 'beneficio_buscado', label: 'Qué beneficio busca', kind: 'select', choices: BENEFIT },
        { code: 'calificacion', label: 'Cómo califica la atención', kind: 'radio', choices: choicesOf('calificacion') },
      ],
    },
    {
      code: 'sensibles',
      title: 'Datos sensibles',
      help: 'Autorizó que se le pregunte. Recuérdele que puede no responder cualquiera de estas preguntas.',
      needs: 'sensibles',
      fields: [
        {
          ...{ code: 'grupo_poblacional', label: 'Grupos poblacionales de los que hace parte', kind: 'checkboxes' },
          ...{ choices: choicesOf('grupo_poblacional'), sensitive: true },
        },
        {
          code: 'grupo_etnico',
          label: 'Grupo étnico',
          kind: 'select',
          choices: choicesOf('grupo_etnico'),
          sensitive: true,
        },
        {
          code: 'discapacidad',
          label: 'Discapacidad',
          kind: 'select',
          choices: choicesOf('discapacidad'),
          sensitive: true,
        },
        {
          ...{ code: 'identidad_genero', label: 'Identidad de género', kind: 'select', sensitive: true },
          choices: choicesOf('identidad_genero'),
        },
        {
          ...{ code: 'orientacion_sexual', label: 'Orientación sexual', kind: 'select', sensitive: true },
          choices: choicesOf('orientacion_sexual'),
        },
      ],
    },
    {
      code: 'contacto',
      title: 'Datos de contacto',
      needs: 'contacto',
      fields: [
        {
          code: 'correo',
          label: 'Correo electrónico',
          kind: 'text',
          format: 'email',
          maxLength: 120,
          identifies: true,
        },
        {
          ...{ code: 'telefono', label: 'Teléfono', kind: 'text', maxLength: 20, check: 'phone', identifies: true },
          help: 'Celular de 10 dígitos o fijo con indicativo, por ejemplo 6054209600.',
        },
      ],
    },
  ],
}
