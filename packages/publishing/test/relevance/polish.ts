import type { Corpus } from './corpus.ts'

/** PostgreSQL has no stems of Polish: words are found as they are written, and by their beginnings. */
export const polish: Corpus = {
  language: 'pl',
  articles: [
    {
      title: 'Łódź moich rodziców',
      description: 'Fabryki, podwórka i kino.',
      tags: ['miasto'],
      body: 'Ulica pachniała węglem. W niedzielę szliśmy do parku nad staw.',
    },
    {
      title: 'Ogród na balkonie',
      description: 'Zioła, pomidory i cierpliwość.',
      tags: ['ogród'],
      body: 'Bazylia lubi słońce. Podlewaj rano, a nie wieczorem.',
    },
    {
      title: 'Zapomniane parki',
      description: 'Każdy ogród ma swoją historię.',
      tags: ['miasto', 'historia'],
      body: 'Aleje zarosły, lecz lipy stoją. Wiosną wracają tu szpaki.',
    },
    {
      title: 'Żurek i inne zupy',
      description: 'Kuchnia na chłodne dni.',
      tags: ['kuchnia'],
      body: 'Zakwas stoi pięć dni. Do garnka trafia chleb, czosnek i majeranek.',
    },
    {
      title: 'Chleb z pieca',
      description: 'Mąka, woda i sól.',
      tags: ['kuchnia'],
      body: 'Ciasto rośnie przez noc. Skórka ma trzeszczeć pod palcami.',
    },
    {
      title: 'Rowerem przez Mazury',
      description: 'Jeziora i piaszczyste drogi.',
      tags: ['podróże'],
      body: 'Trzeciego dnia padał deszcz. Gospodyni dała nam chleb i miód.',
    },
    {
      title: 'Pszczoły w Krakowie',
      description: 'Miód z dachu opery.',
      tags: ['przyroda'],
      body: 'Ule stoją wysoko. Lipy kwitną w czerwcu i pachnie całe miasto.',
    },
    {
      title: 'Listy z Gdańska',
      description: 'Morze, wiatr i dźwigi.',
      tags: ['podróże', 'miasto'],
      body: 'Pisała codziennie, choć nie każdy list wysłała.',
    },
    {
      title: 'Księżyc nad jeziorem',
      description: 'Opowiadanie na dobranoc.',
      tags: ['opowiadania'],
      body: 'Łódź płynęła cicho, a żaby grały w trzcinach.',
    },
  ],
  cases: [
    ['łódź', ['Łódź moich rodziców', 'Księżyc nad jeziorem']],
    ['lodz', ['Łódź moich rodziców', 'Księżyc nad jeziorem']],
    ['ogród', ['Ogród na balkonie', 'Zapomniane parki']],
    ['ogrod', ['Ogród na balkonie', 'Zapomniane parki']],
    ['chleb', ['Chleb z pieca', 'Rowerem przez Mazury', 'Żurek i inne zupy']],
    ['zurek', ['Żurek i inne zupy']],
    ['kuchnia', ['Żurek i inne zupy', 'Chleb z pieca']],
    ['park', ['Zapomniane parki', 'Łódź moich rodziców']],
    ['pszczoł', ['Pszczoły w Krakowie']],
    ['miód', ['Pszczoły w Krakowie', 'Rowerem przez Mazury']],
    ['lipy -krakowie', ['Zapomniane parki']],
    ['"mąka, woda"', ['Chleb z pieca']],
    ['list', ['Listy z Gdańska']],
    ['jezior', ['Księżyc nad jeziorem', 'Rowerem przez Mazury']],
    ['gdańska or mazury', ['Listy z Gdańska', 'Rowerem przez Mazury']],
  ],
}
