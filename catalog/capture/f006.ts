import type { CaptureDefinition } from '../../domain/capture-forms.ts'
import { BENEFIT, choicesOf, coded, FREQUENCY, MUNICIPALITY, OTHER_MUNICIPALITY } from './choices.ts'

/** DUB, persona jurídica: tipo de organización, geográficas, relacionales and de comportamiento organizacional. */
export const F006: CaptureDefinition = {
  code: 'F006',
  formatCode: 'MAGT04.05.P001.F006',
  version: 1,
  title: 'Persona jurídica',
  person: 'juridica',
  groups: [
    {
      code: 'identificacion',
      title: 'Identificación de la organización',
      fields: [
        {
          ...{ code: 'numero_documento', label: 'NIT', kind: 'text', maxLength: 20, check: 'nit' },
          help: 'Nueve dígitos y el de verificación, por ejemplo 890399011-3.',
          ...{ forced: true, identifies: true },
        },
        { code: 'nombre', label: 'Razón social', kind: 'text', maxLength: 200, identifies: true },
      ],
    },
    {
      code: 'organizacion',
      title: 'Tipo de organización',
      fields: [
        {
          ...{ code: 'naturaleza_juridica', label: 'Naturaleza jurídica', kind: 'select' },
          choices: choicesOf('naturaleza_juridica'),
        },
        {
          ...{ code: 'tamano_organizacion', label: 'Tamaño de la organización', kind: 'radio' },
          choices: choicesOf('tamano_organizacion'),
        },
        {
          ...{ code: 'sector_organizacion', label: 'Sector', kind: 'select' },
          choices: coded({
            agropecuario: 'Agropecuario',
            industria: 'Industria',
            comercio: 'Comercio',
            servicios: 'Servicios',
            turismo: 'Turismo',
            social: 'Social y comunitario',
            publico: 'Sector público',
          }),
        },
        { code: 'servicio_requerido', label: 'Servicio que requiere', kind: 'select', choices: BENEFIT },
        { code: 'canal', label: 'Canal de atención utilizado', kind: 'radio', choices: choicesOf('canal') },
      ],
    },
    {
      code: 'geograficas',
      title: 'Dónde funciona',
      fields: [
        { code: 'municipio', label: 'Municipio de la sede principal', kind: 'select', choices: MUNICIPALITY },
        {
          ...{ code: 'municipio_otro', label: 'Código DIVIPOLA del municipio', kind: 'text', maxLength: 5 },
          help: 'Cinco dígitos, por ejemplo 05001 para Medellín.',
          check: 'divipola',
          when: { field: 'municipio', equals: OTHER_MUNICIPALITY },
        },
        {
          ...{ code: 'cobertura_geografica', label: 'Cobertura geográfica', kind: 'select' },
          choices: coded({
            barrial: 'Barrio o vereda',
            municipal: 'Municipio',
            departamental: 'Departamento',
            nacional: 'País',
            internacional: 'Internacional',
          }),
        },
        { code: 'zona', label: 'Zona', kind: 'radio', choices: choicesOf('zona') },
      ],
    },
    {
      code: 'comportamiento',
      title: 'Cómo se relaciona con la entidad',
      fields: [
        {
          ...{ code: 'forma_relacion', label: 'Redes o asociaciones de las que hace parte', kind: 'radio' },
          choices: coded({
            gremio: 'Un gremio',
            red: 'Una red o asociación',
            junta: 'Una junta o veeduría',
            ninguna: 'Ninguna',
          }),
        },
        {
          ...{ code: 'responsable_interaccion', label: 'Quién trata con la entidad', kind: 'select' },
          choices: coded({
            representante: 'Representante legal',
            empleado: 'Una persona de la organización',
            apoderado: 'Una persona apoderada o tramitadora',
          }),
        },
        { code: 'uso_organizacional', label: 'Con qué frecuencia acude', kind: 'select', choices: FREQUENCY },
        {
          ...{ code: 'criterio_decision', label: 'Qué pesa más al elegir el canal', kind: 'select' },
          choices: coded({ tiempo: 'El tiempo', costo: 'El costo', claridad: 'La claridad', cercania: 'La cercanía' }),
        },
        { code: 'calificacion', label: 'Cómo califica la atención', kind: 'radio', choices: choicesOf('calificacion') },
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
