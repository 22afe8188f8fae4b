/** Terms a citizen may not know, as the report explains them unless its authors say otherwise. */
export const GLOSSARY: readonly { term: string; definition: string }[] = [
  {
    term: 'Anonimización',
    definition: 'Proceso que quita de los datos lo que permitiría saber de quién son (Ley 1581 de 2012).',
  },
  {
    term: 'Caracterización',
    definition:
      'Identificar las características, necesidades y expectativas de las personas con las que trabaja la entidad.',
  },
  {
    term: 'Corte',
    definition:
      'Copia fija de los datos de una fuente en una fecha, sobre la que se calculan todas las cifras del informe.',
  },
  { term: 'Cruce de variables', definition: 'Tabla que cuenta los registros por dos características a la vez.' },
  {
    term: 'Dato protegido',
    definition: 'Cifra que no se muestra porque cuenta a tan pocas personas que se podría saber quiénes son.',
  },
  { term: 'Grupo de valor', definition: 'Personas u organizaciones a las que se dirigen los servicios de la entidad.' },
  { term: 'PQRSDf', definition: 'Peticiones, quejas, reclamos, sugerencias, denuncias y felicitaciones.' },
  { term: 'Segmento', definition: 'Grupo de personas que comparten características y necesidades parecidas.' },
  {
    term: 'Variable',
    definition: 'Característica que se mide o se pregunta, por ejemplo la edad o el canal de atención.',
  },
]
