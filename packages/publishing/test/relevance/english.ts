import type { Corpus } from './corpus.ts'

export const english: Corpus = {
  language: 'en',
  articles: [
    {
      title: 'Growing tomatoes on a balcony',
      description: 'Pots, soil and sun for a small garden.',
      tags: ['gardens', 'food'],
      body: 'Tomatoes need light. Water them in the morning and tie the plants to a stick.',
    },
    {
      title: 'A garden without watering',
      description: 'Plants that live on rain alone.',
      tags: ['gardens', 'climate'],
      body: 'Lavender and thyme stand dry summers. Their roots go deep.',
    },
    {
      title: 'The bicycle repair book',
      description: 'Chains, brakes and tubes.',
      tags: ['cycling'],
      body: 'Everybody who rides should know how to mend a tube. A stand in the shed helps.',
    },
    {
      title: 'Riding across the Alps',
      description: 'Seven days by bicycle.',
      tags: ['travel', 'cycling'],
      body: 'The passes were cold, and rain fell on the third day.',
    },
    {
      title: 'How bread rises',
      description: 'Yeast, flour and time.',
      tags: ['baking', 'food'],
      body: 'A dough of flour and water rises overnight. You will know when it is ready.',
    },
    {
      title: 'Baking with sourdough',
      description: 'Bread from wild yeast.',
      tags: ['food'],
      body: 'Feed the starter daily. The crust sings when the loaf cools.',
    },
    {
      title: 'Rain gauges and their readers',
      description: 'What twelve months of measuring taught us.',
      tags: ['weather'],
      body: 'A gauge is a simple instrument, and a patient person reads it every day.',
    },
    {
      title: 'Letters from New York',
      description: 'A winter in the city.',
      tags: ['travel'],
      body: 'New bridges and old markets, and bread from the shop at the corner.',
    },
    {
      title: 'York, a new guide',
      description: 'Walls and gates.',
      tags: ['travel'],
      body: 'The old city in the north, on foot.',
    },
    {
      title: 'Bees on the roof',
      description: 'Keeping hives in cities.',
      tags: ['nature'],
      body: 'Bees find more flowers in a city than in fields; every garden and park blooms for months.',
    },
  ],
  cases: [
    ['tomato', ['Growing tomatoes on a balcony']],
    ['garden', ['A garden without watering', 'Growing tomatoes on a balcony', 'Bees on the roof']],
    ['bicycles', ['The bicycle repair book', 'Riding across the Alps']],
    ['rides', ['Riding across the Alps', 'The bicycle repair book']],
    ['bread', ['How bread rises', 'Baking with sourdough', 'Letters from New York']],
    ['baking', ['Baking with sourdough', 'How bread rises']],
    ['"new york"', ['Letters from New York']],
    ['york new', ['Letters from New York', 'York, a new guide']],
    [
      'raining',
      ['Rain gauges and their readers', 'A garden without watering', 'Riding across the Alps'],
    ],
    ['rain -gauge', ['A garden without watering', 'Riding across the Alps']],
    ['cities', ['Bees on the roof', 'Letters from New York', 'York, a new guide']],
    ['sourd', ['Baking with sourdough']],
    ['flour and water', ['How bread rises']],
    ['measurement', ['Rain gauges and their readers']],
    ['hives or brakes', ['Bees on the roof', 'The bicycle repair book']],
  ],
}
