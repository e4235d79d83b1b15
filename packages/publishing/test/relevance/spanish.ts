import type { Corpus } from './corpus.ts'

export const spanish: Corpus = {
  language: 'es',
  articles: [
    {
      title: 'Canciones de cuna',
      description: 'Lo que cantaban las abuelas.',
      tags: ['música'],
      body: 'Cada pueblo guarda una melodía. Los niños la aprenden antes que las palabras.',
    },
    {
      title: 'La última canción del año',
      description: 'Una radio pequeña cierra.',
      tags: ['radio'],
      body: 'El locutor apagó el micrófono y la plaza quedó en silencio.',
    },
    {
      title: 'El huerto de mi abuela',
      description: 'Tomates, acelgas y paciencia.',
      tags: ['campo'],
      body: 'Regaba al anochecer. Cantaba una canción cuando las plantas crecían.',
    },
    {
      title: 'Huertos en la azotea',
      description: 'Madrid cultiva en lo alto.',
      tags: ['ciudad'],
      body: 'Con cajas de madera y tierra buena crece casi todo. El agua de lluvia basta.',
    },
    {
      title: 'Caminar bajo la lluvia',
      description: 'Galicia en noviembre.',
      tags: ['viajes'],
      body: 'El camino cruza bosques y aldeas. Nadie tiene prisa.',
    },
    {
      title: 'El niño y el mar',
      description: 'Un cuento para leer en voz alta.',
      tags: ['cuentos'],
      body: 'Miguel corría por la playa buscando caracolas. El mar le respondía.',
    },
    {
      title: 'Cómo se hace el pan',
      description: 'Harina, agua y tiempo.',
      tags: ['cocina'],
      body: 'La masa descansa toda la noche. Por la mañana, el horno espera.',
    },
    {
      title: 'Panaderías que resisten',
      description: 'Barrio a barrio, el pan de siempre.',
      tags: ['ciudad'],
      body: 'Abren a las seis. Los vecinos hacen cola y se cuentan la vida.',
    },
    {
      title: 'Viajar en tren',
      description: 'De Sevilla a Bilbao sin prisa.',
      tags: ['viajes'],
      body: 'Por la ventanilla pasan olivos y molinos. Un niño cuenta estaciones.',
    },
  ],
  cases: [
    ['canción', ['La última canción del año', 'Canciones de cuna', 'El huerto de mi abuela']],
    ['cancion', ['La última canción del año', 'Canciones de cuna', 'El huerto de mi abuela']],
    ['huerto', ['El huerto de mi abuela', 'Huertos en la azotea']],
    ['niños', ['El niño y el mar', 'Viajar en tren', 'Canciones de cuna']],
    ['nino', ['El niño y el mar', 'Viajar en tren', 'Canciones de cuna']],
    ['lluvia', ['Caminar bajo la lluvia', 'Huertos en la azotea']],
    ['pan', ['Cómo se hace el pan', 'Panaderías que resisten']],
    ['viaje', ['Viajar en tren', 'Caminar bajo la lluvia']],
    ['camino', ['Caminar bajo la lluvia']],
    ['ciudad -pan', ['Huertos en la azotea']],
    ['"agua de lluvia"', ['Huertos en la azotea']],
    ['abuelas', ['El huerto de mi abuela', 'Canciones de cuna']],
    ['panaderí', ['Panaderías que resisten']],
    ['harina tiempo', ['Cómo se hace el pan']],
    ['micrófono or caracolas', ['El niño y el mar', 'La última canción del año']],
  ],
}
