/** Words of the pages on which a report is written, read and compared. */
export const reportText = {
  notationHelp:
    'Cada línea es un párrafo. Marcas: «# » título, «- » o «1. » lista, «> » cita, «| a | b |» tabla, **negrita**, [palabras](dirección).',
}
