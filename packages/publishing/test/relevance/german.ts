import type { Corpus } from './corpus.ts'

export const german: Corpus = {
  language: 'de',
  articles: [
    {
      title: 'Bäume im Winter',
      description: 'Was unter der Rinde geschieht.',
      tags: ['wald'],
      body: 'Ein Baum ruht, doch seine Wurzeln wachsen weiter. Die Knospen warten auf den Frühling.',
    },
    {
      title: 'Der Wald nach dem Sturm',
      description: 'Umgestürzte Bäume bleiben liegen.',
      tags: ['natur'],
      body: 'Wo Licht auf den Boden fällt, wachsen junge Birken und Ebereschen.',
    },
    {
      title: 'Ein Haus aus Lehm',
      description: 'Bauen mit dem, was vor der Tür liegt.',
      tags: ['handwerk'],
      body: 'Lehm speichert Wärme. Im Garten steht ein alter Baum, der Schatten gibt.',
    },
    {
      title: 'Häuser der Fischer',
      description: 'Reetdächer an der Küste.',
      tags: ['reise'],
      body: 'Die Straßen sind schmal, und der Wind trägt den Geruch von Salz und Fisch herein.',
    },
    {
      title: 'Brot backen ohne Eile',
      description: 'Ein Teig, der über Nacht reift.',
      tags: ['küche'],
      body: 'Mehl, Wasser und Salz genügen. Am Morgen kommt das Brot in den heißen Ofen.',
    },
    {
      title: 'Die Bäckerei an der Ecke',
      description: 'Warum gutes Brot teuer ist.',
      tags: ['stadt'],
      body: 'Um zwei Uhr nachts beginnt die Arbeit, und um sechs stehen die ersten Kunden da.',
    },
    {
      title: 'Mit dem Fahrrad durch Köln',
      description: 'Neue Wege am Rhein.',
      tags: ['verkehr', 'stadt'],
      body: 'Auf breiten Spuren fährt man sicherer; die Stadt zählt jedes Fahrrad.',
    },
    {
      title: 'Übersetzen als Handwerk',
      description: 'Briefe einer Übersetzerin.',
      tags: ['sprache'],
      body: 'Ein Wort hat selten nur eine Entsprechung. Man wägt, streicht und beginnt von vorn.',
    },
    {
      title: 'Die Sprache der Bienen',
      description: 'Tänze, die den Weg zeigen.',
      tags: ['natur'],
      body: 'Eine Biene tanzt, und die anderen wissen, wie weit die Blüten sind. Ihr Haus ist der Stock.',
    },
  ],
  cases: [
    ['Baum', ['Bäume im Winter', 'Der Wald nach dem Sturm', 'Ein Haus aus Lehm']],
    ['baume', ['Bäume im Winter', 'Der Wald nach dem Sturm', 'Ein Haus aus Lehm']],
    ['Haus', ['Ein Haus aus Lehm', 'Häuser der Fischer', 'Die Sprache der Bienen']],
    ['Brot', ['Brot backen ohne Eile', 'Die Bäckerei an der Ecke']],
    ['Straße', ['Häuser der Fischer']],
    ['strasse', ['Häuser der Fischer']],
    ['Sprachen', ['Die Sprache der Bienen', 'Übersetzen als Handwerk']],
    ['übersetzung', ['Übersetzen als Handwerk']],
    ['Handwerk', ['Übersetzen als Handwerk', 'Ein Haus aus Lehm']],
    ['Köln', ['Mit dem Fahrrad durch Köln']],
    ['Fahrräder', ['Mit dem Fahrrad durch Köln']],
    ['stadt -köln', ['Die Bäckerei an der Ecke']],
    ['"junge birken"', ['Der Wald nach dem Sturm']],
    ['küch', ['Brot backen ohne Eile']],
    ['bienen or fischer', ['Die Sprache der Bienen', 'Häuser der Fischer']],
  ],
}
